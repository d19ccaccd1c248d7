package rondo.s3.http;

import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import rondo.s3.auth.SenderVerdict;
import rondo.s3.auth.SignedRequest;

/**
 * How the requests of a server say what is asked of S3, and by whom. S3's own front takes them as
 * they are and believes signatures. Thread-safe.
 */
public interface RequestFront {
  /**
   * The request as S3 is to see it. Doesn't wait.
   *
   * @param sent the request as it was on the wire
   * @throws rondo.s3.error.S3Exception when it asks nothing of S3
   */
  SignedRequest head(SignedRequest sent);

  /**
   * The sender of a request. May wait for the cluster.
   *
   * @param sent the request as it was on the wire
   */
  SenderVerdict verify(SignedRequest sent, Instant now);

  /** Puts into an answer, whose other headers are set, those that this front wants besides. */
  default void complete(HttpServerResponse response) {}
}
