package rondo.s3.lifecycle;

import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Lifecycle;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/** The size below which objects keep their storage class, where a rule's filter has no size. */
enum MinimumSize {
  /** 128 KiB for every storage class. */
  ALL_STORAGE_CLASSES("all_storage_classes_128K"),
  /** 128 KiB, but no minimum for the archive classes. */
  VARIES("varies_by_storage_class");

  private final String word;

  MinimumSize(String word) {
    this.word = word;
  }

  /** S3's word for it. */
  String word() {
    return word;
  }

  static MinimumSize of(Lifecycle lifecycle) {
    return lifecycle.getMinimumSize().equals(VARIES.word) ? VARIES : ALL_STORAGE_CLASSES;
  }

  /**
   * @throws S3Exception InvalidRequest
   */
  static MinimumSize ofHeader(@Nullable String value) {
    if (value == null || value.equals(ALL_STORAGE_CLASSES.word)) {
      return ALL_STORAGE_CLASSES;
    }
    if (value.equals(VARIES.word)) {
      return VARIES;
    }
    throw new S3Exception(
        S3Error.INVALID_REQUEST, "Invalid x-amz-transition-default-minimum-object-size header");
  }
}
