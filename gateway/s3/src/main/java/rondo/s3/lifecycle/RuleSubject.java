package rondo.s3.lifecycle;

import rondo.metadata.rows.ObjectRow;

/** What rules are for. Times are in microseconds since 1970. */
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
   * @param sinceMicros when it became noncurrent
   * @param newer how many of the key's noncurrent versions are newer
   */
  record Noncurrent(String key, ObjectRow row, long sinceMicros, int newer)
      implements RuleSubject {}

  /** A multipart upload that wasn't completed. */
  record Begun(String key, String id, long initiatedMicros) implements RuleSubject {}
}
