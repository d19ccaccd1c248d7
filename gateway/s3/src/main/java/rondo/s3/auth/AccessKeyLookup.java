package rondo.s3.auth;

import org.jspecify.annotations.Nullable;

/** Finds who owns an access key. Thread-safe; may wait for the cluster. */
@FunctionalInterface
public interface AccessKeyLookup {
  /**
   * Null when there is no such key.
   *
   * @throws rondo.s3.error.S3Exception ServiceUnavailable when it can't be known now
   */
  @Nullable Identity find(String accessKey);
}
