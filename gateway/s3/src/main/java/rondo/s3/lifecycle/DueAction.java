package rondo.s3.lifecycle;

/** The action that a bucket's rules ask for now on one subject. */
public sealed interface DueAction {
  /** The subject stays as it is until this time, or until its key changes. */
  record Nothing(long untilMicros) implements DueAction {
    static final Nothing EVER = new Nothing(Long.MAX_VALUE);
  }

  /** Deletes the version: a current one as by DeleteObject, a noncurrent one for good. */
  record Expire(String rule) implements DueAction {}

  /** Removes a delete marker that is the only version left of its key. */
  record RemoveMarker(String rule) implements DueAction {}

  /** Gives the version another storage class. */
  record Transition(String rule, String storageClass) implements DueAction {}

  /** Aborts the multipart upload. */
  record Abort(String rule) implements DueAction {}
}
