package rondo.s3.lifecycle;

/** What is to be done with a subject now. */
public sealed interface DueAction {
  /** It stays what it is until then, or until something else happens to its key. */
  record Nothing(long untilMicros) implements DueAction {
    static final Nothing EVER = new Nothing(Long.MAX_VALUE);
  }

  /** It is deleted: a current version as by DeleteObject, another one for good. */
  record Expire(String rule) implements DueAction {}

  /** The delete marker is all that is left of its key, and is removed. */
  record RemoveMarker(String rule) implements DueAction {}

  /** It gets another storage class. */
  record Transition(String rule, String storageClass) implements DueAction {}

  /** The upload is given up. */
  record Abort(String rule) implements DueAction {}
}
