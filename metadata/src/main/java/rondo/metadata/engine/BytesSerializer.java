package rondo.metadata.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import org.mapdb.DataInput2;
import org.mapdb.DataOutput2;
import org.mapdb.serializer.GroupSerializerObjectArray;
import rondo.ring.register.Bytes;

/** Keys and values in the tables of checkpoints: a packed length, then the bytes. */
final class BytesSerializer extends GroupSerializerObjectArray<Bytes> {
  static final BytesSerializer INSTANCE = new BytesSerializer();

  private BytesSerializer() {}

  @Override
  public void serialize(DataOutput2 out, Bytes value) throws IOException {
    out.packInt(value.length());
    out.write(value.array());
  }

  @Override
  public Bytes deserialize(DataInput2 in, int available) throws IOException {
    var bytes = new byte[in.unpackInt()];
    in.readFully(bytes);
    return Bytes.wrap(bytes);
  }

  /** The default would make objects of the whole group for one of them. */
  @Override
  public Bytes valueArrayBinaryGet(DataInput2 in, int count, int index) throws IOException {
    for (int i = 0; i < index; i++) {
      in.setPos(in.unpackInt() + in.getPos());
    }
    return deserialize(in, -1);
  }

  /** Likewise: looks at the keys where they are. */
  @Override
  @SuppressWarnings("rawtypes") // as MapDB declares it
  public int valueArrayBinarySearch(Bytes key, DataInput2 in, int count, Comparator comparator)
      throws IOException {
    for (int i = 0; i < count; i++) {
      int order = compareNext(in, key);
      if (order >= 0) {
        return order == 0 ? i : -i - 1;
      }
    }
    return -count - 1;
  }

  private int compareNext(DataInput2 in, Bytes key) throws IOException {
    ByteBuffer buffer = in.internalByteBuffer();
    if (buffer == null) {
      return deserialize(in, -1).compareTo(key);
    }
    int length = in.unpackInt();
    int start = in.getPos();
    in.setPos(start + length);
    int shared = Math.min(length, key.length());
    for (int i = 0; i < shared; i++) {
      int order = Byte.compareUnsigned(buffer.get(start + i), key.at(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(length, key.length());
  }

  @Override
  public int compare(Bytes first, Bytes second) {
    return first.compareTo(second);
  }
}
