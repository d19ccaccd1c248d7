package rondo.gateway.auth;

import org.jspecify.annotations.Nullable;

/** Finds who owns an access key. Thread-safe; may wait for the cluster. */
@FunctionalInterface
public interface AccessKeys {
  /**
   * Null when there is no such key.
   *
   * @throws rondo.gateway.s3.S3Exception ServiceUnavailable when it can't be known now
   */
  @Nullable Identity find(String accessKey);
}
