package rondo.s3.multipart;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Checksum;
import rondo.s3.body.ChecksumAlgorithm;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.object.ReadConditions;
import rondo.store.upload.UploadedPart;

/**
 * What a CompleteMultipartUpload says of the object and its parts, and whether it is so. Pure.
 *
 * @param parts in the client's order, at least one
 * @param algorithm of the whole object's checksum; null when the client gives none
 * @param whole its value; null when the client gives none
 * @param type of it, COMPOSITE or FULL_OBJECT; null when the client names none
 * @param lenient whether the type, and checksums of parts, may be left out where S3 needs them
 */
record CompletionClaims(
    List<ClaimedPart> parts,
    @Nullable ChecksumAlgorithm algorithm,
    @Nullable String whole,
    @Nullable String type,
    boolean lenient) {

  /**
   * A part as the client names it.
   *
   * @param etag with or without quotes
   * @param checksums by their algorithms
   */
  record ClaimedPart(int number, String etag, Map<ChecksumAlgorithm, String> checksums) {
    S3Exception invalid() {
      return new S3Exception(
          S3Error.INVALID_PART,
          S3Error.INVALID_PART.message(),
          Map.of("PartNumber", Integer.toString(number), "ETag", ReadConditions.unquoted(etag)));
    }
  }

  /**
   * Refuses another type than the upload's.
   *
   * @throws S3Exception InvalidRequest
   */
  void checkType(ChecksumPlan plan) {
    if (type == null) {
      return;
    }
    if (!type.equals(ChecksumPlan.COMPOSITE) && !type.equals(ChecksumPlan.FULL_OBJECT)) {
      throw refused("Value for x-amz-checksum-type header is invalid.");
    }
    if (plan.algorithm() == null || !plan.type().equals(type)) {
      throw refused(
          "The upload was created using the "
              + (plan.algorithm() == null ? "null" : plan.type())
              + " checksum mode. The complete request must use the same checksum mode.");
    }
  }

  /**
   * Refuses checksums of parts that are wrong, of another algorithm, or missing where they make the
   * object's.
   *
   * @param chosen the parts that are named
   * @throws S3Exception InvalidPart, BadDigest, InvalidRequest
   */
  void checkParts(ChecksumPlan plan, List<UploadedPart> chosen) {
    for (int i = 0; i < chosen.size(); i++) {
      ClaimedPart claimed = parts.get(i);
      for (ChecksumAlgorithm named : claimed.checksums().keySet()) {
        if (plan.algorithm() != null && named != plan.algorithm()) {
          throw badDigest(named);
        }
      }
      if (plan.isComposite() && claimed.checksums().isEmpty() && !lenient) {
        throw refused(
            "The upload was created using a "
                + plan.ofParts().name().toLowerCase(Locale.ROOT)
                + " checksum. The complete request must include the checksum for each part. It was"
                + " missing for part "
                + claimed.number()
                + " in the request.");
      }
      Checksum there = chosen.get(i).row().getChecksum();
      claimed
          .checksums()
          .forEach((named, value) -> {
            if (!named.name().equals(there.getAlgorithm()) || !value.equals(there.getValue())) {
              throw claimed.invalid();
            }
          });
    }
  }

  /**
   * Refuses another checksum of the whole object than it has. Where the upload asked for none, S3
   * passes over all but the one that it makes by itself. The number of parts may be left off a
   * composite checksum, as MinIO's clients do.
   *
   * @throws S3Exception BadDigest
   */
  void checkWhole(ChecksumPlan plan, Checksum checksum) {
    ChecksumAlgorithm named = algorithm;
    if (named == null || whole == null) {
      return;
    }
    boolean same = named.name().equals(checksum.getAlgorithm());
    if (plan.algorithm() == null && !same) {
      return;
    }
    boolean counted = !checksum.getComposite() || whole.contains("-");
    boolean right = checksum.getValue().equals(counted ? whole : whole + "-" + parts.size());
    boolean untyped = plan.algorithm() != null && !plan.isComposite() && type == null && !lenient;
    if (!same || !right || untyped) {
      throw badDigest(named);
    }
  }

  private static S3Exception badDigest(ChecksumAlgorithm named) {
    return new S3Exception(
        S3Error.BAD_DIGEST,
        "The " + named + " you specified did not match the calculated checksum.");
  }

  private static S3Exception refused(String message) {
    return new S3Exception(S3Error.INVALID_REQUEST, message);
  }
}
