package rondo.metadata.engine.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.Engine;
import rondo.ring.value.Bytes;

/**
 * The bytes of a log segment, {@code <number>.log}. All integers are big-endian.
 *
 * <pre>
 *   segment = head frame*
 *   head    = "RONDOLOG" version:4 number:8 firstSequence:8 crc:4      CRC32C of the head so far
 *   frame   = "RFRM" length:4 firstSequence:8 flags:4 crc:4 record*    what one sync made durable
 *   record  = length:4 change*                                        what one write did
 *   change  = keyLength:4 key valueLength:4 value                     length -1: the key is removed
 * </pre>
 *
 * A frame's {@code length} is that of its records, and its checksum the CRC32C of the segment's
 * number, the frame's offset and the frame without the checksum: bytes within a value that merely
 * look like a frame don't have the right checksum.
 *
 * <p>Bit 0 of the flags says that everything before the frame was on stable storage when it was
 * written: so a bad frame before a good one with that bit was damaged later, and a bad one without
 * was never acknowledged. The records of a frame have consecutive sequence numbers; a frame without
 * records is the last one before the engine was closed, and says only that everything before it was
 * synced. All versions have this head.
 */
public final class LogFormat {
  public static final int VERSION = 1;
  public static final int HEAD_BYTES = 32;
  public static final int FRAME_HEAD_BYTES = 24;
  static final int FRAME_MAGIC = 0x5246524d; // "RFRM"
  static final int SYNCED_BEFORE = 1;

  private static final long MAGIC = 0x524f4e444f4c4f47L; // "RONDOLOG"
  private static final int REMOVED = -1;

  private LogFormat() {}

  /** Returns the file name of a segment. */
  public static String file(long segment) {
    return "%012d.log".formatted(segment);
  }

  static ByteBuffer head(long segment, long firstSequence) {
    var head = ByteBuffer.allocate(HEAD_BYTES);
    head.putLong(MAGIC).putInt(VERSION).putLong(segment).putLong(firstSequence);
    return head.putInt(crc(head.duplicate().flip())).flip();
  }

  /** Whether {@code bytes} begin with a whole head of {@code segment}. */
  public static boolean hasHead(ByteBuffer bytes, long segment) {
    if (bytes.limit() < HEAD_BYTES) {
      return false;
    }
    return bytes.getLong(0) == MAGIC
        && bytes.getLong(12) == segment
        && bytes.getInt(28) == crc(bytes.slice(0, 28));
  }

  /** Whether {@code bytes} begin with a whole head of another format version. */
  static boolean isNewer(ByteBuffer bytes) {
    return bytes.limit() >= HEAD_BYTES
        && hasHead(bytes, bytes.getLong(12))
        && bytes.getInt(8) > VERSION;
  }

  /** Encodes one write as a record. */
  public static Bytes record(List<Engine.Change> changes) {
    long length = 0;
    for (Engine.Change change : changes) {
      length += 8L + change.key().length() + (change.value() == null ? 0 : change.value().length());
    }
    var record = ByteBuffer.allocate(Math.toIntExact(4 + length));
    record.putInt((int) length);
    for (Engine.Change change : changes) {
      record.putInt(change.key().length()).put(change.key().array());
      Bytes value = change.value();
      if (value == null) {
        record.putInt(REMOVED);
      } else {
        record.putInt(value.length()).put(value.array());
      }
    }
    return Bytes.wrap(record.array());
  }

  /** Decodes the next record, of a frame whose checksum has been verified. */
  static List<Engine.Change> changes(ByteBuffer records) {
    int end = records.getInt() + records.position();
    var changes = new ArrayList<Engine.Change>();
    while (records.position() < end) {
      Bytes key = bytes(records, records.getInt());
      int length = records.getInt();
      changes.add(new Engine.Change(key, length == REMOVED ? null : bytes(records, length)));
    }
    return changes;
  }

  private static Bytes bytes(ByteBuffer from, int length) {
    var bytes = new byte[length];
    from.get(bytes);
    return Bytes.wrap(bytes);
  }

  /**
   * Fills in the head of the frame that begins at 0.
   *
   * @param frame the records from {@link #FRAME_HEAD_BYTES} to its limit
   */
  static void seal(ByteBuffer frame, long segment, long offset, long firstSequence, int flags) {
    frame.putInt(0, FRAME_MAGIC);
    frame.putInt(4, frame.limit() - FRAME_HEAD_BYTES);
    frame.putLong(8, firstSequence);
    frame.putInt(16, flags);
    frame.putInt(20, frameCrc(frame, 0, frame.limit(), segment, offset));
  }

  /**
   * Returns the frame at {@code offset}; null unless a whole frame with the right checksum is
   * there.
   */
  static @Nullable Frame frame(ByteBuffer bytes, int offset, long segment) {
    int left = bytes.limit() - offset;
    if (left < FRAME_HEAD_BYTES || bytes.getInt(offset) != FRAME_MAGIC) {
      return null;
    }
    int length = bytes.getInt(offset + 4);
    if (length < 0 || length > left - FRAME_HEAD_BYTES) {
      return null;
    }
    int end = offset + FRAME_HEAD_BYTES + length;
    if (frameCrc(bytes, offset, end, segment, offset) != bytes.getInt(offset + 20)) {
      return null;
    }
    boolean syncedBefore = (bytes.getInt(offset + 16) & SYNCED_BEFORE) != 0;
    return new Frame(
        bytes.getLong(offset + 8), syncedBefore, bytes.slice(offset + 24, length), end);
  }

  /**
   * Returns the length of the frame that begins with {@code head}; 0 when that is not a frame's
   * head.
   */
  public static long frameBytes(ByteBuffer head) {
    int length = head.getInt(4);
    return head.getInt(0) == FRAME_MAGIC && length >= 0 ? FRAME_HEAD_BYTES + (long) length : 0;
  }

  /** Whether the checksum of {@code frame}, whose length is known to be right, fits its place. */
  public static boolean isWhole(ByteBuffer frame, long segment, long offset) {
    return frameCrc(frame, 0, frame.limit(), segment, offset) == frame.getInt(20);
  }

  /**
   * A frame that was read and verified.
   *
   * @param end offset of the byte behind it
   */
  record Frame(long firstSequence, boolean syncedBefore, ByteBuffer records, int end) {}

  private static int frameCrc(ByteBuffer bytes, int from, int end, long segment, long offset) {
    var crc = new CRC32C();
    crc.update(ByteBuffer.allocate(16).putLong(segment).putLong(offset).flip());
    crc.update(bytes.slice(from, 20));
    crc.update(bytes.slice(from + FRAME_HEAD_BYTES, end - from - FRAME_HEAD_BYTES));
    return (int) crc.getValue();
  }

  private static int crc(ByteBuffer bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
