package rondo.store.upload;

import java.util.List;
import java.util.concurrent.TimeUnit;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.UploadRow;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.coordinate.Decision;
import rondo.ring.message.Reply;
import rondo.ring.value.Bytes;
import rondo.store.object.ObjectTable;
import rondo.store.row.Bucket;
import rondo.store.row.RowStore;
import rondo.store.row.StoreException;
import rondo.store.row.StoreException.Reason;

/**
 * Removes uploads that have ended. Their rows stay for a while, so that a client that repeats its
 * request gets the same answer. Thread-safe.
 */
public record EndedUploads(UploadTable uploads, ObjectTable objects) {
  /** Longer than a client repeats its request. */
  private static final long KEPT_MICROS = TimeUnit.DAYS.toMicros(3);

  /** A completion takes seconds; one that takes longer has lost its gateway. */
  private static final long STUCK_MICROS = TimeUnit.DAYS.toMicros(1);

  /**
   * Removes an upload that ended long ago, with the rest of its parts. Completes one whose
   * completion was cut off long ago.
   *
   * @return whether the row is gone
   * @throws StoreException when it has to be tried again another time
   */
  public boolean clear(Bucket bucket, Reply.Entry entry, long nowMicros) {
    Bytes value = entry.value();
    if (value == null) {
      return false;
    }
    UploadRow row = RowStore.decode(UploadRow.parser(), value);
    long ageMicros = nowMicros - entry.stamp().time();
    var name = UploadPosition.nameOf(entry.sort());
    var upload = new Upload(bucket, name.key(), name.id(), row, entry.stamp());
    return switch (row.getPhase()) {
      case COMPLETED, ABORTED -> ageMicros > KEPT_MICROS && remove(upload);
      case COMPLETING -> ageMicros > STUCK_MICROS && finish(upload);
      case OPEN, CLOSING, UNRECOGNIZED -> false;
    };
  }

  private boolean remove(Upload upload) {
    uploads.removeParts(upload, UploadTable.blobs(upload.row().getResult()));
    ConditionalResult update =
        objects
            .buckets()
            .in(
                upload.bucket(),
                now ->
                    objects
                        .rows()
                        .in(now)
                        .update(
                            upload.rowKey(),
                            before ->
                                before.stamp().equals(upload.stamp())
                                    ? new Decision.Put(null)
                                    : new Decision.Decline()));
    return update instanceof ConditionalResult.Written;
  }

  private boolean finish(Upload upload) {
    new UploadCompletion(uploads, objects, upload.bucket(), upload.key(), upload.id())
        .complete(EndedUploads::refuse, null);
    return false;
  }

  /** Never called: the completion of such an upload knows the object's row already. */
  private static ObjectRow refuse(Upload upload, List<UploadedPart> parts) {
    throw new StoreException(Reason.BUCKET_CHANGED);
  }
}
