package rondo.s3.encryption;

import com.google.protobuf.ByteString;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Encryption;
import rondo.s3.crypt.CustomerKey;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.S3Request;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes the headers of server-side encryption. No error message contains a key. Pure.
 */
public final class EncryptionHeaders {
  static final String SSE = "x-amz-server-side-encryption";
  static final String KEY_ID = SSE + "-aws-kms-key-id";
  static final String CONTEXT = SSE + "-context";
  static final String BUCKET_KEY = SSE + "-bucket-key-enabled";

  /** The prefix of the three headers with a customer's key (SSE-C). */
  static final String CUSTOMER = SSE + "-customer-";

  /** The prefix of the three headers with the customer's key of a copy's source. */
  static final String SOURCE_CUSTOMER = "x-amz-copy-source-server-side-encryption-customer-";

  public static final String AES256 = "AES256";
  public static final String KMS = "aws:kms";
  public static final String DSSE = "aws:kms:dsse";

  private static final Set<String> METHODS = Set.of(AES256, KMS, DSSE);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String KEYS_NEED =
      "Requests specifying Server Side Encryption with Customer" + " provided keys must provide ";

  private EncryptionHeaders() {}

  /**
   * The encryption method that a request names; null when it names none.
   *
   * @throws S3Exception InvalidArgument
   */
  static @Nullable String method(S3Request request) {
    String method = request.header(SSE);
    if (method != null && !METHODS.contains(method)) {
      throw S3Exception.argument(SSE, method, "The encryption method specified is not supported");
    }
    boolean ofKms = request.header(KEY_ID) != null || request.header(CONTEXT) != null;
    if (ofKms && (method == null || method.equals(AES256))) {
      throw S3Exception.argument(
          SSE,
          method == null ? "null" : method,
          "Server Side Encryption with AWS KMS managed key requires HTTP header"
              + " x-amz-server-side-encryption : aws:kms");
    }
    return method;
  }

  /**
   * Whether the request's encryption headers, as far as it has them, agree with an object's
   * encryption.
   */
  static boolean agrees(S3Request request, Encryption row) {
    String method = method(request);
    String key = request.header(KEY_ID);
    return (method == null || method.equals(of(row, null).get(SSE)))
        && (key == null || key.equals(row.getKeyId()));
  }

  /**
   * The choice of DSSE-KMS, which has no bucket keys.
   *
   * @throws S3Exception InvalidArgument when the request asks for a bucket key
   */
  static EncryptionChoice dual(String keyId, ByteString context, @Nullable Boolean bucketKey) {
    if (Boolean.TRUE.equals(bucketKey)) {
      throw S3Exception.argument(
          BUCKET_KEY, "true", "S3 Bucket Keys are not supported for " + DSSE + ".");
    }
    return EncryptionChoice.dual(keyId, context);
  }

  /**
   * Whether the request asks for a bucket key; null when it has no such header.
   *
   * @throws S3Exception InvalidArgument
   */
  static @Nullable Boolean bucketKey(S3Request request) {
    String given = request.header(BUCKET_KEY);
    if (given == null) {
      return null;
    }
    return switch (given.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw S3Exception.argument(BUCKET_KEY, given, "The value must be true or false.");
    };
  }

  /**
   * The encryption context of SSE-KMS, a JSON object of strings; empty when the request has none.
   *
   * @throws S3Exception InvalidArgument
   */
  static ByteString context(S3Request request) {
    String given = request.header(CONTEXT);
    if (given == null || given.isEmpty()) {
      return ByteString.EMPTY;
    }
    try {
      byte[] json = Base64.getDecoder().decode(given);
      JsonNode context = JSON.readTree(json);
      if (context.isObject()
          && context.properties().stream().allMatch(e -> e.getValue().isString())) {
        return ByteString.copyFrom(json);
      }
    } catch (IllegalArgumentException | JacksonException malformed) {
      // Refused below, like JSON that isn't an object of strings.
    }
    throw S3Exception.argument(
        CONTEXT, given, "The header must be base64 of a JSON object with texts as values.");
  }

  /**
   * The customer's key; null when the request has none of its three headers.
   *
   * @param prefix {@link #CUSTOMER} or {@link #SOURCE_CUSTOMER}
   * @throws S3Exception InvalidArgument, InvalidEncryptionAlgorithmError
   */
  static @Nullable CustomerKey customerKey(S3Request request, String prefix) {
    String algorithm = request.header(prefix + "algorithm");
    String given = request.header(prefix + "key");
    String md5 = request.header(prefix + "key-MD5");
    if (algorithm == null && given == null && md5 == null) {
      return null;
    }
    if (algorithm == null) {
      throw invalid(KEYS_NEED + "a valid encryption algorithm.");
    }
    if (!algorithm.equals(AES256)) {
      throw new S3Exception(
          S3Error.INVALID_ENCRYPTION_ALGORITHM_ERROR,
          S3Error.INVALID_ENCRYPTION_ALGORITHM_ERROR.message(),
          Map.of("ArgumentName", SSE, "ArgumentValue", algorithm));
    }
    if (given == null || given.isEmpty()) {
      throw invalid(KEYS_NEED + "an appropriate secret key.");
    }
    if (md5 == null || md5.isEmpty()) {
      throw invalid(KEYS_NEED + "the client calculated MD5 of the secret key.");
    }
    CustomerKey key = CustomerKey.parse(given);
    if (key == null) {
      throw invalid("The secret key was invalid for the specified algorithm.");
    }
    if (!key.hasMd5(md5)) {
      throw invalid("The calculated MD5 hash of the key did not match the hash that was provided.");
    }
    return key;
  }

  /** S3 names one header for all that may be wrong with a customer's key. */
  private static S3Exception invalid(String message) {
    return S3Exception.argument(SSE, message);
  }

  /**
   * Refuses the headers that only a request that creates an object may have.
   *
   * @throws S3Exception InvalidArgument
   */
  static void refuseWriteHeaders(S3Request request) {
    for (String name : new String[] {SSE, KEY_ID, CONTEXT}) {
      String value = request.header(name);
      if (value != null) {
        throw S3Exception.argument(
            name, value, name + " header is not supported for this operation.");
      }
    }
  }

  /**
   * The headers of an answer about an object with this encryption.
   *
   * @param customer the key that the client has presented; null without SSE-C
   */
  static Map<String, String> of(Encryption row, @Nullable CustomerKey customer) {
    var headers = new LinkedHashMap<String, String>();
    switch (row.getMode()) {
      case S3 -> headers.put(SSE, AES256);
      case KMS, DUAL -> {
        headers.put(SSE, row.getMode() == Encryption.Mode.KMS ? KMS : DSSE);
        headers.put(KEY_ID, row.getKeyId());
      }
      case CUSTOMER -> {
        headers.put(CUSTOMER + "algorithm", AES256);
        if (customer != null) {
          headers.put(CUSTOMER + "key-MD5", customer.md5());
        }
      }
      case NONE, UNRECOGNIZED -> {}
    }
    if (row.getBucketKey()) {
      headers.put(BUCKET_KEY, "true");
    }
    return headers;
  }
}
