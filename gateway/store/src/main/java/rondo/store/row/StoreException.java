package rondo.store.row;

import java.util.Objects;

/** Ends work that the store refuses, or whose outcome is unknown. */
public final class StoreException extends RefusalException {
  private static final long serialVersionUID = 1;

  /** Why the store refuses. Behind the semicolon of a reason stands what {@link #detail} holds. */
  public enum Reason {
    /** No bucket has that name; the name. */
    NO_SUCH_BUCKET,
    /** Another account has made a new bucket of that name in the meantime. */
    OTHER_OWNER,
    /** The bucket holds objects. */
    BUCKET_NOT_EMPTY,
    /** The bucket's state is no longer the one that the caller read; it may be being deleted. */
    BUCKET_CHANGED,
    /** The bucket holds as much as its quota allows. */
    QUOTA_EXCEEDED,
    /** Too few nodes have room for new data. */
    STORAGE_FULL,
    /** An available bucket can't promise that; what it can, as a sentence. */
    AVAILABLE_BUCKET,
    /** The store can't do that in this bucket; the operation, as the subject of a sentence. */
    UNSUPPORTED,
    /** No level of consistency has that name; the name. */
    NO_SUCH_LEVEL,
    /** The request asks for a level, and available buckets have none. */
    NO_LEVEL,
    /** The bucket has no history as of that time; why, as a sentence. */
    NO_HISTORY,
    /** The text can't be the id of a version; the text. */
    MALFORMED_VERSION_ID,
    /** The version is a delete marker. */
    DELETE_MARKER,
    /** Object lock protects the version. */
    LOCKED,
    /** There is no such upload, or it has ended; its id. */
    NO_SUCH_UPLOAD,
    /**
     * Nothing was done: too few replicas answered; how many, as a sentence. Or other writes came
     * first too often; nothing.
     */
    NOT_DONE,
    /** It may have been done. */
    UNKNOWN,
    /** A conditional write may have been done, or other writes came first too often. */
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

  /** Details of the reason; empty for most reasons. */
  public String detail() {
    return detail;
  }

  @Override
  public boolean isFault() {
    return switch (reason) {
      case NOT_DONE, UNKNOWN, UNSUPPORTED, STORAGE_FULL -> true;
      default -> false;
    };
  }

  @Override
  public boolean isUnknown() {
    return reason == Reason.UNKNOWN || reason == Reason.CONDITION_UNKNOWN;
  }

  public String message() {
    return Objects.requireNonNull(getMessage());
  }
}
