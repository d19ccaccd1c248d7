package rondo.metadata.engine.table;

import java.io.IOException;
import org.mapdb.DataInput2;
import org.mapdb.DataOutput2;
import org.mapdb.serializer.GroupSerializerObjectArray;
import rondo.ring.value.Bytes;

/** Serializes keys and values in the tables of checkpoints: a packed length, then the bytes. */
public final class BytesSerializer extends GroupSerializerObjectArray<Bytes> {
  public static final BytesSerializer INSTANCE = new BytesSerializer();

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

  @Override
  public int compare(Bytes first, Bytes second) {
    return first.compareTo(second);
  }
}
