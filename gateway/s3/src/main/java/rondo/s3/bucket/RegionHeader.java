package rondo.s3.bucket;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.s3.access.S3Store;
import rondo.s3.error.S3Error;
import rondo.s3.request.BucketName;
import rondo.store.row.Bucket;
import rondo.store.row.RefusalException;

/**
 * The region of the bucket that a request names. Every answer tells it, refusals of unknown senders
 * included: clients of another region find theirs by it. Thread-safe.
 */
public final class RegionHeader {
  private final S3Store store;

  public RegionHeader(S3Store store) {
    this.store = store;
  }

  /**
   * None where no bucket is named, or none of that name is there.
   *
   * @param errorCode empty where the request wasn't refused
   */
  public Map<String, String> of(@Nullable String name, int status, String errorCode) {
    if (name == null || !BucketName.isValid(name)) {
      return Map.of();
    }
    Bucket bucket = store.buckets().leased(name);
    boolean found = status < 500 && !errorCode.equals(S3Error.NO_SUCH_BUCKET.code());
    if (bucket == null && found) {
      bucket = read(name);
    }
    return bucket == null ? Map.of() : Map.of("x-amz-bucket-region", bucket.row().getRegion());
  }

  private @Nullable Bucket read(String name) {
    try {
      return store.buckets().find(name);
    } catch (RefusalException unknown) {
      return null;
    }
  }
}
