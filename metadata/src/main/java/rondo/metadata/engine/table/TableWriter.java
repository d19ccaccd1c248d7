package rondo.metadata.engine.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.mapdb.DataInput2;
import rondo.metadata.disk.DiskFile;
import rondo.metadata.engine.block.BlockSums;
import rondo.metadata.engine.block.CheckpointPart;

/**
 * The file that MapDB writes a table to. MapDB writes the pages one after the other, and in the end
 * some numbers into the first page, which is therefore held back until then. For one thread.
 */
public final class TableWriter extends FlatVolume {
  /** The offset at which MapDB stores the number of pages minus one. */
  private static final int PAGES_AT = 24;

  /** Gets each page as it is written. */
  public interface Listener {
    void page(TablePage page) throws IOException;
  }

  private final DiskFile file;
  private final Listener listener;
  private final BlockSums behindFirst = new BlockSums();
  private byte[] first = new byte[0];
  private int pages;
  private long length;

  public TableWriter(DiskFile file, Listener listener) {
    this.file = file;
    this.listener = listener;
  }

  @Override
  public void putData(long offset, byte[] source, int from, int size) {
    byte[] page = Arrays.copyOfRange(source, from, from + size);
    if (offset == 0) {
      first = page;
    } else {
      behindFirst.add(ByteBuffer.wrap(page));
      write(ByteBuffer.wrap(page), offset);
    }
    tell(page);
    length = offset + size;
  }

  private void tell(byte[] page) {
    try {
      listener.page(TablePage.whole(pages++, page));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  /** Returns once the whole table is on stable storage. */
  public CheckpointPart finish() throws IOException {
    file.write(ByteBuffer.wrap(first), 0);
    file.sync();
    int[] sums =
        IntStream.concat(
                IntStream.of(BlockSums.of(ByteBuffer.wrap(first))),
                IntStream.of(behindFirst.finish()))
            .toArray();
    return new CheckpointPart(length, sums);
  }

  /**
   * Answers as if there were one page: MapDB opens the finished table, and would read and keep the
   * first key of every page.
   */
  @Override
  public long getLong(long offset) {
    return offset == PAGES_AT ? 0 : read(offset, Long.BYTES).getLong();
  }

  private ByteBuffer read(long offset, int size) {
    return ByteBuffer.wrap(first).slice((int) offset, size);
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
    return new DataInput2.ByteBuffer(read(offset, size), 0);
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
