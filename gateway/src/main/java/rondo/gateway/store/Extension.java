package rondo.gateway.store;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.gateway.s3.S3Error;
import rondo.gateway.s3.S3Exception;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.Segment;
import rondo.ring.coordinate.Update;
import rondo.ring.register.Bytes;

/** Puts further blobs behind those of an object that is still the one that was read. */
public final class Extension {
  private final Store store;
  private final RandomIds ids = new RandomIds();

  public Extension(Store store) {
    this.store = store;
  }

  /**
   * Makes {@code next}, which names the blobs of the object that is there and further ones, the
   * object, if that is still {@code expected}.
   *
   * @param further released when they were certainly not written, and this throws
   * @return false when it is another: nothing was done, and the further blobs are the caller's
   * @throws S3Exception SlowDown, ConditionalRequestConflict when it was perhaps done,
   *     NoSuchBucket, NotImplemented where versions are kept, which can't share blobs so
   */
  public boolean extend(
      Bucket bucket, String key, ObjectRow expected, ObjectRow next, List<Segment> further) {
    Bytes value = Rows.encode(next.toBuilder().setNonce(Rows.text(ids.next())).build());
    Condition same =
        now -> expected.equals(now) ? null : new S3Exception(S3Error.PRECONDITION_FAILED);
    try {
      store.buckets().in(bucket, now -> replace(now, key, value, same));
      return true;
    } catch (S3Exception refused) {
      if (refused.error() == S3Error.PRECONDITION_FAILED) {
        return false;
      }
      if (refused.error() != S3Error.CONDITIONAL_REQUEST_CONFLICT) {
        store.releases().dropUnshared(further);
      }
      throw refused;
    }
  }

  private @Nullable ObjectRow replace(Bucket now, String key, Bytes value, Condition condition) {
    if (now.keepsVersions()) {
      throw S3Exception.notImplemented("Appending in a bucket with versions");
    }
    Update update =
        store
            .rows()
            .conditional(Versions.Slot.of(now, key).head(), Conditional.put(value, condition));
    return ObjectRows.row(Conditional.accepted(update, condition).before());
  }
}
