package rondo.metadata.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.mapdb.DataInput2;
import rondo.metadata.disk.DiskFile;

/**
 * A table while MapDB writes it: pages one after the other, and then some numbers into the first of
 * them, which is therefore kept back until the end. For one thread.
 */
final class TableWriter extends FlatVolume {
  private final DiskFile file;
  private final BlockSums behindFirst = new BlockSums();
  private byte[] first = new byte[0];
  private long length;

  TableWriter(DiskFile file) {
    this.file = file;
  }

  @Override
  public void putData(long offset, byte[] source, int from, int size) {
    if (offset == 0) {
      first = new byte[size];
      System.arraycopy(source, from, first, 0, size);
    } else {
      ByteBuffer page = ByteBuffer.wrap(source, from, size);
      behindFirst.add(page);
      write(page, offset);
    }
    length = Math.max(length, offset + size);
  }

  @Override
  public void putLong(long offset, long value) {
    ByteBuffer.wrap(first).putLong((int) offset, value);
  }

  private void write(ByteBuffer bytes, long offset) {
    try {
      file.write(bytes, offset);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when the whole table is on stable storage. */
  Part finish() throws IOException {
    file.write(ByteBuffer.wrap(first), 0);
    file.sync();
    int[] sums =
        IntStream.concat(
                IntStream.of(BlockSums.of(ByteBuffer.wrap(first))),
                IntStream.of(behindFirst.finish()))
            .toArray();
    return new Part(length, sums);
  }

  /** MapDB looks at its pages once more when it is done. */
  private ByteBuffer read(long offset, int size) {
    if (offset < first.length) {
      return ByteBuffer.wrap(first)
          .slice((int) offset, Math.min(size, first.length - (int) offset));
    }
    var bytes = ByteBuffer.allocate((int) Math.min(size, length - offset));
    try {
      file.read(bytes, offset);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.flip();
  }

  @Override
  public long getLong(long offset) {
    return read(offset, Long.BYTES).getLong();
  }

  @Override
  public byte getByte(long offset) {
    return read(offset, Byte.BYTES).get();
  }

  @Override
  public int getInt(long offset) {
    return read(offset, Integer.BYTES).getInt();
  }

  @Override
  public DataInput2 getDataInput(long offset, int size) {
    return new DataInput2.ByteBuffer(read(offset, size < 0 ? Integer.MAX_VALUE : size), 0);
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public long length() {
    return length;
  }
}
