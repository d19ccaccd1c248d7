package rondo.s3.auth;

import org.jspecify.annotations.Nullable;

/** Finds the identity behind an access key. Thread-safe; may wait for the cluster. */
@FunctionalInterface
public interface AccessKeyLookup {
  /**
   * The identity of an access key; null when there is no such key.
   *
   * @throws rondo.s3.error.S3Exception ServiceUnavailable when it can't be known now
   */
  @Nullable Identity find(String accessKey);
}
