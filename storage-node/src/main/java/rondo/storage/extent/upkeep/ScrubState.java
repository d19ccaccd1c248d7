package rondo.storage.extent.upkeep;

import java.io.IOException;
import java.nio.ByteBuffer;
import rondo.metadata.disk.Disk;
import rondo.storage.extent.file.ExtentFormat;

/**
 * The progress of a folder's scrub, kept in the folder so that a restart goes on with the pass. It
 * is not synced: a lost or torn state only makes a pass begin again.
 *
 * <pre>
 * state = "RONDOSC1"(8) began(8) extent(8) findings(8) ended(8) findings of the last pass(8) crc(4)
 * </pre>
 *
 * @param beganMicros when this pass began, microseconds since 1970; 0 before the first
 * @param extent number of the last extent that this pass has read
 * @param findings how much damage this pass has found
 * @param endedMicros when the last whole pass ended, microseconds since 1970; 0 when there was none
 * @param lastFindings how much damage that one found
 */
public record ScrubState(
    long beganMicros, long extent, long findings, long endedMicros, long lastFindings) {
  static final ScrubState NEVER = new ScrubState(0, 0, 0, 0, 0);

  private static final String NAME = "scrub.state";
  private static final String NEW_NAME = "scrub.new";
  private static final long MAGIC = 0x524F4E444F534331L;
  private static final int BYTES = 6 * 8 + 4;

  ScrubState began(long nowMicros) {
    return new ScrubState(nowMicros, 0, 0, endedMicros, lastFindings);
  }

  ScrubState read(long number) {
    return new ScrubState(beganMicros, number, findings, endedMicros, lastFindings);
  }

  ScrubState found() {
    return new ScrubState(beganMicros, extent, findings + 1, endedMicros, lastFindings);
  }

  ScrubState ended(long nowMicros) {
    return new ScrubState(beganMicros, Long.MAX_VALUE, findings, nowMicros, findings);
  }

  static ScrubState load(Disk disk) {
    try {
      return disk.names().contains(NAME) ? read(disk) : NEVER;
    } catch (IOException e) {
      return NEVER;
    }
  }

  private static ScrubState read(Disk disk) throws IOException {
    var bytes = ByteBuffer.allocate(BYTES);
    try (var file = disk.open(NAME)) {
      int length = file.read(bytes, 0);
      if (length < BYTES
          || bytes.getLong(0) != MAGIC
          || bytes.getInt(BYTES - 4) != ExtentFormat.crc(bytes, 0, BYTES - 4)) {
        return NEVER;
      }
    }
    return new ScrubState(
        bytes.getLong(8),
        bytes.getLong(16),
        bytes.getLong(24),
        bytes.getLong(32),
        bytes.getLong(40));
  }

  void store(Disk disk) throws IOException {
    var bytes = ByteBuffer.allocate(BYTES).putLong(MAGIC).putLong(beganMicros).putLong(extent);
    bytes.putLong(findings).putLong(endedMicros).putLong(lastFindings);
    bytes.putInt(ExtentFormat.crc(bytes, 0, BYTES - 4));
    try (var file = disk.openOrCreate(NEW_NAME)) {
      file.write(bytes.flip(), 0);
    }
    disk.rename(NEW_NAME, NAME);
  }
}
