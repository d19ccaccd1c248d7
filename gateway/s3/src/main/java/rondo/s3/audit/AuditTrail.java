package rondo.s3.audit;

import org.jspecify.annotations.Nullable;
import rondo.s3.error.S3Exception;
import rondo.s3.request.Operation;

/** Takes the requests that the audit log has entries of. Thread-safe. */
public interface AuditTrail {
  /** Audits nothing. */
  AuditTrail OFF =
      new AuditTrail() {
        @Override
        public boolean covers(Operation operation, @Nullable String bucket) {
          return false;
        }

        @Override
        public void begins(AuditedRequest request) {}

        @Override
        public void ended(AuditedRequest request) {}
      };

  /**
   * Whether requests of that operation have entries; cheap, as it is asked for each request.
   *
   * @param bucket that the request names; null for none
   */
  boolean covers(Operation operation, @Nullable String bucket);

  /**
   * A request is about to be answered. Where entries are required, returns only when the one of the
   * attempt is on stable storage.
   *
   * @throws S3Exception ServiceUnavailable where an entry is required and can't be written
   */
  void begins(AuditedRequest request);

  /** A request was answered or refused; never waits for a disk. */
  void ended(AuditedRequest request);
}
