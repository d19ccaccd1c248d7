package rondo.s3.lifecycle;

import rondo.metadata.rows.ObjectRow;

/** A version or an upload that lifecycle rules judge. Times are in microseconds since 1970. */
public sealed interface RuleSubject {
  String key();

  /**
   * A key's current version, or its only one.
   *
   * @param versioned whether its bucket keeps versions
   * @param sole whether the key has no other version
   */
  record Current(String key, ObjectRow row, boolean versioned, boolean sole)
      implements RuleSubject {}

  /**
   * A version that isn't current any more.
   *
   * @param sinceMicros when it became noncurrent
   * @param newer number of the key's noncurrent versions that are newer
   */
  record Noncurrent(String key, ObjectRow row, long sinceMicros, int newer)
      implements RuleSubject {}

  /** A multipart upload that hasn't been completed. */
  record PendingUpload(String key, String id, long initiatedMicros) implements RuleSubject {}
}
