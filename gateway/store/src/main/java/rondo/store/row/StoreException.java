package rondo.store.row;

import java.util.Objects;

/** Ends work that the store refuses, or whose end it doesn't know. */
public final class StoreException extends RefusalException {
  private static final long serialVersionUID = 1;

  /** Why the store refuses. The comment of each says what {@link #detail} holds. */
  public enum Reason {
    /** There is no bucket of that name; its name. */
    NO_SUCH_BUCKET,
    /** Another account made the bucket anew in the meantime. */
    OTHER_OWNER,
    /** The bucket holds objects. */
    BUCKET_NOT_EMPTY,
    /** The bucket has another state than the caller read, such as being deleted. */
    BUCKET_CHANGED,
    /** The bucket holds as much as its quota allows. */
    QUOTA_EXCEEDED,
    /** An available bucket can't promise that; what it promises instead, as a sentence. */
    AVAILABLE_BUCKET,
    /** The store can't do that in this bucket; what it can't do, as the subject of a sentence. */
    UNSUPPORTED,
    /** No level of consistency has that name; the name. */
    NO_SUCH_LEVEL,
    /** An available bucket is read at no level. */
    NO_LEVEL,
    /** The text is the id of no version; the text. */
    MALFORMED_VERSION_ID,
    /** The version is a delete marker. */
    DELETE_MARKER,
    /** Object lock protects the version. */
    LOCKED,
    /** There is no such upload, or it has ended; its id. */
    NO_SUCH_UPLOAD,
    /** Certainly nothing was done: too few replicas answered, or others came first too often. */
    NOT_DONE,
    /** Perhaps it was done. */
    UNKNOWN,
    /** Perhaps a conditional write was done, or others came first too often. */
    CONDITION_UNKNOWN
  }

  private final Reason reason;
  private final String detail;

  public StoreException(Reason reason) {
    this(reason, "");
  }

  public StoreException(Reason reason, String detail) {
    super(detail.isEmpty() ? reason.name() : reason.name() + ": " + detail);
    this.reason = reason;
    this.detail = detail;
  }

  public Reason reason() {
    return reason;
  }

  /** Empty for most reasons. */
  public String detail() {
    return detail;
  }

  @Override
  public boolean isFault() {
    return reason == Reason.NOT_DONE || reason == Reason.UNKNOWN || reason == Reason.UNSUPPORTED;
  }

  @Override
  public boolean isUnknown() {
    return reason == Reason.UNKNOWN || reason == Reason.CONDITION_UNKNOWN;
  }

  public String message() {
    return Objects.requireNonNull(getMessage());
  }
}
