package rondo.s3.body;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;
import rondo.s3.auth.PayloadMode;
import rondo.s3.auth.SignedRequest;
import rondo.s3.error.PercentCoding;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/**
 * The claims of a request's headers about its body.
 *
 * @param mode how it is framed and signed
 * @param length of the data without any framing, in bytes; -1 when the request doesn't say
 * @param contentMd5 16 bytes, when the client sent Content-MD5
 * @param algorithm of the checksum to compute: the client's, else the fallback
 * @param checksum the value that a header gives, when one does
 * @param checksumTrailer whether a trailer will give it
 * @param ofPart whether the data is a part of an upload
 * @param further a second checksum to compute, of which the client says nothing; null for none
 */
public record BodyClaims(
    PayloadMode mode,
    long length,
    @Nullable Bytes contentMd5,
    @Nullable ChecksumAlgorithm algorithm,
    @Nullable Bytes checksum,
    boolean checksumTrailer,
    boolean ofPart,
    @Nullable ChecksumAlgorithm further) {

  /** Headers that begin like a checksum's, but hold a setting of it. */
  private static final Set<String> SETTINGS =
      Stream.of("algorithm", "mode", "type")
          .map(ChecksumAlgorithm.HEADER_PREFIX::concat)
          .collect(Collectors.toUnmodifiableSet());

  public static final String ONE_CHECKSUM =
      "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.";

  /**
   * Reads the headers of a request whose body is an object or a part of one.
   *
   * @param fallback the checksum to compute when the client names none; null for none
   * @throws S3Exception InvalidDigest, InvalidRequest, InvalidArgument, MissingContentLength
   */
  public static BodyClaims ofData(
      SignedRequest request, PayloadMode mode, @Nullable ChecksumAlgorithm fallback) {
    Bytes checksum = null;
    ChecksumAlgorithm algorithm = null;
    for (Map.Entry<String, String> header : checksumHeaders(request)) {
      if (algorithm != null) {
        throw new S3Exception(S3Error.INVALID_REQUEST, ONE_CHECKSUM);
      }
      algorithm = Objects.requireNonNull(ChecksumAlgorithm.ofHeader(header.getKey()));
      checksum = Bytes.wrap(parse(algorithm, header.getValue()));
    }
    ChecksumAlgorithm trailer = trailer(request, mode);
    if (trailer != null && algorithm != null) {
      throw new S3Exception(S3Error.INVALID_REQUEST, ONE_CHECKSUM);
    }
    ChecksumAlgorithm named = trailer != null ? trailer : algorithm;
    checkAnnounced(request, named);
    return new BodyClaims(
        mode,
        length(request, mode),
        contentMd5(request),
        named != null ? named : fallback,
        checksum,
        trailer != null,
        PercentCoding.parameter(request.rawQuery(), "uploadId").isPresent(),
        null);
  }

  /**
   * Reads the headers of a request whose checksum headers are about something other than its body,
   * as CompleteMultipartUpload's are about the object.
   *
   * @throws S3Exception InvalidDigest, InvalidRequest, InvalidArgument, MissingContentLength
   */
  public static BodyClaims ofDocument(SignedRequest request, PayloadMode mode) {
    ChecksumAlgorithm trailer = trailer(request, mode);
    return new BodyClaims(
        mode,
        length(request, mode),
        contentMd5(request),
        trailer,
        null,
        trailer != null,
        false,
        null);
  }

  /** These claims, and a checksum that is computed whatever the client claims. */
  public BodyClaims and(ChecksumAlgorithm wanted) {
    return wanted == algorithm
        ? this
        : new BodyClaims(
            mode, length, contentMd5, algorithm, checksum, checksumTrailer, ofPart, wanted);
  }

  /** These claims about a body that may be shorter. */
  public BodyClaims ofAnyLength() {
    return new BodyClaims(
        mode, -1, contentMd5, algorithm, checksum, checksumTrailer, ofPart, further);
  }

  /** Whether the client names a checksum, in a header or a trailer. */
  public boolean namesChecksum() {
    return checksum != null || checksumTrailer;
  }

  /**
   * Refuses a body of unknown length.
   *
   * @throws S3Exception MissingContentLength
   */
  public BodyClaims requireLength() {
    if (length < 0) {
      throw new S3Exception(S3Error.MISSING_CONTENT_LENGTH);
    }
    return this;
  }

  static byte[] parse(ChecksumAlgorithm algorithm, String value) {
    byte[] checksum = algorithm.decode(value.strip());
    if (checksum == null) {
      throw new S3Exception(
          S3Error.INVALID_CHECKSUM, "Value for " + algorithm.header() + " header is invalid.");
    }
    return checksum;
  }

  private static List<Map.Entry<String, String>> checksumHeaders(SignedRequest request) {
    var found = new ArrayList<Map.Entry<String, String>>();
    for (Map.Entry<String, String> header : request.headers()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (ChecksumAlgorithm.ofHeader(name) != null) {
        found.add(header);
      } else if (name.startsWith(ChecksumAlgorithm.HEADER_PREFIX) && !SETTINGS.contains(name)) {
        throw new S3Exception(
            S3Error.INVALID_REQUEST,
            "The algorithm type you specified in x-amz-checksum- header is invalid.");
      }
    }
    return found;
  }

  private static @Nullable ChecksumAlgorithm trailer(SignedRequest request, PayloadMode mode) {
    String names = request.header("x-amz-trailer");
    if (names == null || !mode.isChunked()) {
      return null;
    }
    ChecksumAlgorithm algorithm = ChecksumAlgorithm.ofHeader(names.strip());
    if (algorithm == null) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST,
          "The value specified in the x-amz-trailer header is not supported");
    }
    return algorithm;
  }

  /** The SDKs announce the algorithm in a header beside the checksum: the two must agree. */
  private static void checkAnnounced(SignedRequest request, @Nullable ChecksumAlgorithm named) {
    String announced = request.header("x-amz-sdk-checksum-algorithm");
    if (announced == null) {
      return;
    }
    if (ChecksumAlgorithm.named(announced) == null
        || (named != null && named != ChecksumAlgorithm.named(announced))) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST, "Value for x-amz-sdk-checksum-algorithm header is invalid.");
    }
    if (named == null) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST,
          "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or"
              + " x-amz-trailer headers were found.");
    }
  }

  private static @Nullable Bytes contentMd5(SignedRequest request) {
    String value = request.header("content-md5");
    if (value == null) {
      return null;
    }
    byte[] md5 = ChecksumAlgorithm.decode(value.strip(), 16);
    if (md5 == null) {
      throw new S3Exception(
          S3Error.INVALID_DIGEST, S3Error.INVALID_DIGEST.message(), Map.of("Content-MD5", value));
    }
    return Bytes.wrap(md5);
  }

  private static long length(SignedRequest request, PayloadMode mode) {
    String name = mode.isChunked() ? "x-amz-decoded-content-length" : "content-length";
    String value = request.header(name);
    if (value == null) {
      if (mode.isChunked()) {
        throw new S3Exception(S3Error.MISSING_CONTENT_LENGTH);
      }
      return -1;
    }
    // Eighteen digits exceed every object's size, and fit a long.
    if (!value.strip().matches("[0-9]{1,18}")) {
      throw new S3Exception(
          S3Error.INVALID_ARGUMENT,
          "The value of " + name + " is not a length.",
          Map.of("ArgumentName", name.toLowerCase(Locale.ROOT), "ArgumentValue", value));
    }
    return Long.parseLong(value.strip());
  }
}
