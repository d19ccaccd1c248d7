package rondo.store.upload;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;
import rondo.store.object.ObjectRows;

/**
 * The state in which an upload found its key when it began: a completion under a condition is
 * refused once the object has been written or deleted since. Changes of an object's tags, ACL,
 * locks or place write none, and leave the object what it was.
 *
 * <pre>
 *   time:8 node:8 rmw:8 modified:8    modified is -1 where there was no object
 * </pre>
 *
 * @param stamp of the key's head
 * @param modifiedMicros of the object; -1 where there was none
 */
record FoundKey(Stamp stamp, long modifiedMicros) {
  private static final int BYTES = 4 * Long.BYTES;
  private static final long NONE = -1;

  static FoundKey of(VersionedValue head) {
    return new FoundKey(head.stamp(), modified(ObjectRows.row(head)));
  }

  private static long modified(@Nullable ObjectRow head) {
    return head == null || head.getGone() || head.getDeleteMarker()
        ? NONE
        : head.getModifiedMicros();
  }

  ByteString encode() {
    var buffer = ByteBuffer.allocate(BYTES);
    buffer.putLong(stamp.time()).putLong(stamp.node()).putLong(stamp.rmw());
    return ByteString.copyFrom(buffer.putLong(modifiedMicros).flip());
  }

  /** Null where the upload's row holds none. */
  static @Nullable FoundKey decode(ByteString bytes) {
    if (bytes.isEmpty()) {
      return null;
    }
    ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
    var stamp = new Stamp(buffer.getLong(), buffer.getLong(), (int) buffer.getLong());
    return new FoundKey(stamp, buffer.getLong());
  }

  /** Whether no write or delete of the object has come since. */
  boolean isStill(VersionedValue head) {
    if (head.stamp().equals(stamp)) {
      return true;
    }
    long now = modified(ObjectRows.row(head));
    // What was deleted long ago leaves no stamp.
    return now == modifiedMicros && (now != NONE || head.stamp().equals(Stamp.ZERO));
  }
}
