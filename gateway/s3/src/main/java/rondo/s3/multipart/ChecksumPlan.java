package rondo.s3.multipart;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Checksum;
import rondo.metadata.rows.Encryption;
import rondo.metadata.rows.UploadRow;
import rondo.s3.body.BodySummary;
import rondo.s3.body.ChecksumAlgorithm;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.S3Request;
import rondo.store.upload.UploadedPart;

/**
 * The checksum algorithm of an upload's parts, and the way in which their checksums make the
 * object's. Pure.
 *
 * @param algorithm null for none
 * @param type COMPOSITE or FULL_OBJECT
 */
record ChecksumPlan(@Nullable ChecksumAlgorithm algorithm, String type) {
  static final String COMPOSITE = "COMPOSITE";
  static final String FULL_OBJECT = "FULL_OBJECT";

  /**
   * The plan that CreateMultipartUpload asks for.
   *
   * @throws S3Exception InvalidRequest
   */
  static ChecksumPlan of(S3Request request) {
    return of(request.header("x-amz-checksum-algorithm"), request.header("x-amz-checksum-type"));
  }

  static ChecksumPlan of(@Nullable String name, @Nullable String type) {
    if (name == null || name.isEmpty()) {
      if (type != null) {
        throw new S3Exception(
            S3Error.INVALID_REQUEST,
            "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm"
                + " header.");
      }
      return new ChecksumPlan(null, COMPOSITE);
    }
    ChecksumAlgorithm algorithm = ChecksumAlgorithm.named(name);
    if (algorithm == null) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST,
          "Checksum algorithm provided is unsupported. Please try again with any of the valid"
              + " types: "
              + List.of(ChecksumAlgorithm.values()));
    }
    String chosen = type == null ? usual(algorithm) : type.toUpperCase(Locale.ROOT);
    if (!chosen.equals(COMPOSITE) && !chosen.equals(FULL_OBJECT)) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST, "Value for x-amz-checksum-type header is invalid.");
    }
    boolean possible =
        chosen.equals(COMPOSITE) ? algorithm != ChecksumAlgorithm.CRC64NVME : algorithm.isCrc();
    if (!possible) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST,
          "The "
              + chosen
              + " checksum type cannot be used with the "
              + algorithm.name().toLowerCase(Locale.ROOT)
              + " checksum algorithm.");
    }
    return new ChecksumPlan(algorithm, chosen);
  }

  boolean isComposite() {
    return algorithm != null && type.equals(COMPOSITE);
  }

  private static String usual(ChecksumAlgorithm algorithm) {
    return algorithm == ChecksumAlgorithm.CRC64NVME ? FULL_OBJECT : COMPOSITE;
  }

  /** The plan with which the upload began. */
  static ChecksumPlan of(UploadRow upload) {
    return new ChecksumPlan(
        ChecksumAlgorithm.named(upload.getChecksumAlgorithm()), upload.getChecksumType());
  }

  /** The algorithm of a part whose client names none. */
  ChecksumAlgorithm ofParts() {
    return algorithm == null ? ChecksumAlgorithm.CRC64NVME : algorithm;
  }

  /** The checksum of a part that was received, by {@link #ofParts}. */
  Checksum ofPart(BodySummary received) {
    String value =
        received.algorithm() == ofParts() ? received.checksumBase64() : received.furtherBase64();
    return Checksum.newBuilder()
        .setAlgorithm(ofParts().name())
        .setValue(Objects.requireNonNull(value, "computed for every part"))
        .build();
  }

  /**
   * What the object gets: where nothing was planned, the checksum of the whole that S3 adds by
   * itself, unless a customer's key encrypts the object, or a part was received when parts kept
   * another.
   */
  ChecksumPlan ofObject(Encryption.Mode encryption, List<UploadedPart> parts) {
    String ours = ChecksumAlgorithm.CRC64NVME.name();
    return algorithm == null
            && encryption != Encryption.Mode.CUSTOMER
            && parts.stream().allMatch(p -> p.row().getChecksum().getAlgorithm().equals(ours))
        ? new ChecksumPlan(ChecksumAlgorithm.CRC64NVME, FULL_OBJECT)
        : this;
  }

  /**
   * Refuses a part with another checksum than the upload's, and one without where the parts' make
   * the object's.
   *
   * @param given null where the client names none
   * @throws S3Exception InvalidRequest
   */
  void check(@Nullable ChecksumAlgorithm given) {
    if (algorithm != null && given != algorithm && (given != null || isComposite())) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST,
          "Checksum Type mismatch occurred, expected checksum Type: "
              + algorithm.name().toLowerCase(Locale.ROOT)
              + ", actual checksum Type: "
              + (given == null ? "null" : given.name().toLowerCase(Locale.ROOT)));
    }
  }
}
