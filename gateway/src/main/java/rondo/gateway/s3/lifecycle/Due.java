package rondo.gateway.s3.lifecycle;

/** What is to be done with a subject now. */
public sealed interface Due {
  /** It stays what it is until then, or until something else happens to its key. */
  record Nothing(long untilMicros) implements Due {
    static final Nothing EVER = new Nothing(Long.MAX_VALUE);
  }

  /** It is deleted: a current version as by DeleteObject, another one for good. */
  record Expire(String rule) implements Due {}

  /** The delete marker is all that is left of its key, and is removed. */
  record RemoveMarker(String rule) implements Due {}

  /** It gets another storage class. */
  record Transition(String rule, String storageClass) implements Due {}

  /** The upload is given up. */
  record Abort(String rule) implements Due {}
}
