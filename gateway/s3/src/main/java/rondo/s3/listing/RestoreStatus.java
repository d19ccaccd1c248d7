package rondo.s3.listing;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.error.S3Exception;
import rondo.s3.object.ArchivedObjects;
import rondo.s3.request.S3Request;
import rondo.s3.xml.Timestamps;

/**
 * Tells in a listing, if the request asks for it, how long a restored object can be read.
 *
 * @param inProgress always false: a restored object can be read at once
 */
record RestoreStatus(
    @JsonProperty("IsRestoreInProgress") boolean inProgress, String restoreExpiryDate) {
  private static final String HEADER = "x-amz-optional-object-attributes";

  /** Null when the request doesn't ask for it, or the object isn't restored. */
  static @Nullable RestoreStatus of(S3Request request, ObjectRow row) {
    String asked = request.header(HEADER);
    if (asked == null || !ArchivedObjects.isRestored(row, request.received())) {
      return null;
    }
    return new RestoreStatus(false, Timestamps.of(row.getRestoredUntilMicros()));
  }

  /**
   * Checks the attributes that the request asks for.
   *
   * @throws S3Exception InvalidArgument for an unknown attribute
   */
  static void check(S3Request request) {
    String asked = request.header(HEADER);
    for (String name : asked == null ? new String[0] : asked.split(",")) {
      if (!name.strip().equals("RestoreStatus")) {
        throw S3Exception.argument(HEADER, name, "Invalid attribute name specified.");
      }
    }
  }
}
