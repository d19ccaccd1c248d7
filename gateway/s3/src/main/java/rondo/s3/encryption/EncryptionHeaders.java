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

/** The headers of server-side encryption. What they hold of keys is in no complaint. Pure. */
public final class EncryptionHeaders {
  static final String SSE = "x-amz-server-side-encryption";
  static final String KEY_ID = SSE + "-aws-kms-key-id";
  static final String CONTEXT = SSE + "-context";
  static final String BUCKET_KEY = SSE + "-bucket-key-enabled";

  /** What the three headers of a customer's key begin with. */
  static final String CUSTOMER = SSE + "-customer-";

  /** The same for the source of a copy. */
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
   * The method that a request names; null for none.
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

  /** Whether a request that says how its bytes are to be encrypted says so of this. */
  static boolean fits(S3Request request, Encryption row) {
    String method = method(request);
    String key = request.header(KEY_ID);
    return (method == null || method.equals(of(row, null).get(SSE)))
        && (key == null || key.equals(row.getKeyId()));
  }

  /**
   * What DSSE-KMS means, which knows no bucket keys.
   *
   * @throws S3Exception InvalidArgument
   */
  static EncryptionChoice dual(String keyId, ByteString context, @Nullable Boolean bucketKey) {
    if (Boolean.TRUE.equals(bucketKey)) {
      throw S3Exception.argument(
          BUCKET_KEY, "true", "S3 Bucket Keys are not supported for " + DSSE + ".");
    }
    return EncryptionChoice.dual(keyId, context);
  }

  /** What the header asks for; null when it isn't there. */
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
   * What a key of SSE-KMS is to be bound to: an object of texts in JSON; empty for nothing.
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
      // Refused below, like what is no object of texts.
    }
    throw S3Exception.argument(
        CONTEXT, given, "The header must be base64 of a JSON object with texts as values.");
  }

  /**
   * The customer's key; null when no header speaks of one.
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
      throw invalid(
          "The calculated MD5 hash of the key did not match the hash that was provided.");
    }
    return key;
  }

  /** S3 names one header for all that may be wrong with a customer's key. */
  private static S3Exception invalid(String message) {
    return S3Exception.argument(SSE, message);
  }

  /**
   * Refuses what only a request that makes an object may ask for.
   *
   * @throws S3Exception InvalidArgument
   */
  static void refuseOfWrites(S3Request request) {
    for (String name : new String[] {SSE, KEY_ID, CONTEXT}) {
      String value = request.header(name);
      if (value != null) {
        throw S3Exception.argument(
            name, value, name + " header is not supported for this operation.");
      }
    }
  }

  /** What answers say of it. */
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
