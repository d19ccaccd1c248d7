package rondo.store.upload;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import rondo.metadata.table.VersionRows;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;
import rondo.store.object.VersionPositions;

/**
 * The state of a key on top of which its upload becomes an object, and where among its versions it
 * stands then: whoever completes the upload, once more or instead of another, writes the same.
 *
 * <pre>
 *   time:8 node:8 rmw:8 position:20    without the position before it was kept: the next stamp
 * </pre>
 *
 * @param position of the version, where the bucket keeps any
 */
record UploadBase(Stamp stamp, Stamp position) {
  private static final int STAMP_BYTES = 3 * Long.BYTES;

  static UploadBase on(VersionedValue head, long wallMicros) {
    return new UploadBase(head.stamp(), VersionPositions.after(head, wallMicros));
  }

  ByteString encode() {
    var buffer = ByteBuffer.allocate(STAMP_BYTES);
    buffer.putLong(stamp.time()).putLong(stamp.node()).putLong(stamp.rmw());
    return ByteString.copyFrom(buffer.flip()).concat(VersionRows.position(position));
  }

  static UploadBase decode(ByteString bytes) {
    ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
    var stamp = new Stamp(buffer.getLong(), buffer.getLong(), (int) buffer.getLong());
    ByteString position = bytes.substring(STAMP_BYTES);
    return new UploadBase(
        stamp, position.isEmpty() ? stamp.successor() : VersionRows.stamp(position));
  }
}
