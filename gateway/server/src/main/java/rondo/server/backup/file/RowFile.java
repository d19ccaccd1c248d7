package rondo.server.backup.file;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import rondo.ring.message.Row;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/**
 * The bytes of a file of rows, before they are sealed. Numbers are big-endian.
 *
 * <pre>
 * file = row*
 * row  = table(1) partition(2+n) sort(2+n) time(8) node(8) rmw(4) value(4+n)
 * </pre>
 */
public final class RowFile {
  /** A file of rows ends behind so many bytes. */
  public static final int BYTES = 4 << 20;

  private static final int FIXED = 1 + 2 + 2 + 8 + 8 + 4 + 4;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  public void add(Key key, Stamp stamp, Bytes value) {
    var row =
        ByteBuffer.allocate(
            FIXED + key.partition().length() + key.sort().length() + value.length());
    row.put((byte) key.table());
    row.putShort((short) key.partition().length()).put(key.partition().array());
    row.putShort((short) key.sort().length()).put(key.sort().array());
    row.putLong(stamp.time()).putLong(stamp.node()).putInt(stamp.rmw());
    row.putInt(value.length()).put(value.array());
    bytes.writeBytes(row.array());
  }

  public boolean isFull() {
    return bytes.size() >= BYTES;
  }

  public boolean isEmpty() {
    return bytes.size() == 0;
  }

  /** The bytes so far; the file begins anew. */
  public byte[] take() {
    byte[] taken = bytes.toByteArray();
    bytes.reset();
    return taken;
  }

  /**
   * Reads a file.
   *
   * @throws BackupException when it isn't one of rows
   */
  public static List<Row> read(String name, byte[] file) {
    var in = ByteBuffer.wrap(file);
    var rows = new ArrayList<Row>();
    try {
      while (in.hasRemaining()) {
        int table = Byte.toUnsignedInt(in.get());
        var key =
            new Key(
                table,
                bytes(in, Short.toUnsignedInt(in.getShort())),
                bytes(in, Short.toUnsignedInt(in.getShort())));
        var stamp = new Stamp(in.getLong(), in.getLong(), in.getInt());
        rows.add(new Row(key, new VersionedValue(stamp, bytes(in, in.getInt())), null));
      }
      return rows;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new BackupException(name + " has no rows of a backup", e);
    }
  }

  private static Bytes bytes(ByteBuffer in, int length) {
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] taken = new byte[length];
    in.get(taken);
    return Bytes.wrap(taken);
  }
}
