package rondo.s3.encryption;

import com.google.protobuf.ByteString;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.DefaultEncryption;
import rondo.metadata.rows.Encryption;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.UploadRow;
import rondo.s3.crypt.CustomerKey;
import rondo.s3.crypt.DataKey;
import rondo.s3.crypt.TamperedException;
import rondo.s3.error.Difference;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.S3Request;
import rondo.store.row.Bucket;

/**
 * Chooses, wraps and unwraps the data keys of objects ("Protecting data with server-side
 * encryption", Amazon S3 user guide). Every object has a data key of its own, which its row keeps
 * wrapped under a master key. Thread-safe; its methods may wait for a key management service.
 */
public final class ServerSideEncryption {
  private final MasterKeyring keys;
  private final boolean compat;
  private final boolean secure;

  /**
   * @param compat whether profile {@code compat} is in use: it encrypts nothing unasked, and
   *     answers like older services
   * @param secure whether customers' keys arrive over TLS or from this machine
   */
  public ServerSideEncryption(MasterKeyring keys, boolean compat, boolean secure) {
    this.keys = keys;
    this.compat = compat;
    this.secure = secure;
  }

  /**
   * The encryption of a request's new object: the one that its headers name, else the bucket's.
   *
   * @throws S3Exception InvalidArgument, InvalidEncryptionAlgorithmError, InvalidRequest,
   *     NotImplemented, AccessDenied
   */
  public EncryptionChoice wanted(S3Request request, Bucket bucket) {
    DefaultEncryption usual = bucket.row().getEncryption();
    CustomerKey customer = customerKey(request, EncryptionHeaders.CUSTOMER);
    if (customer != null && request.header(EncryptionHeaders.SSE) != null) {
      throw S3Exception.argument(
          EncryptionHeaders.SSE,
          Objects.requireNonNull(request.header(EncryptionHeaders.SSE)),
          "Server Side Encryption with Customer provided key is incompatible with the encryption"
              + " method specified");
    }
    String method = EncryptionHeaders.method(request);
    if (customer != null) {
      if (usual.getBlocksCustomerKeys()) {
        throw new S3Exception(S3Error.ACCESS_DENIED);
      }
      return EncryptionChoice.customer(customer);
    }
    Boolean bucketKey = EncryptionHeaders.bucketKey(request);
    if (method == null) {
      return usual(bucket);
    }
    if (method.equals(EncryptionHeaders.AES256)) {
      return EncryptionChoice.S3;
    }
    String keyId = named(request.header(EncryptionHeaders.KEY_ID));
    ByteString context = EncryptionHeaders.context(request);
    return method.equals(EncryptionHeaders.DSSE)
        ? EncryptionHeaders.dual(keyId, context, bucketKey)
        : EncryptionChoice.kms(
            keyId, context, bucketKey == null ? usual.getBucketKey() : bucketKey);
  }

  /** The encryption of a bucket's new objects whose requests name none. */
  public EncryptionChoice usual(Bucket bucket) {
    DefaultEncryption usual = bucket.row().getEncryption();
    return switch (usual.getMode()) {
      case KMS ->
          EncryptionChoice.kms(named(usual.getKeyId()), ByteString.EMPTY, usual.getBucketKey());
      case DUAL -> EncryptionChoice.dual(named(usual.getKeyId()), ByteString.EMPTY);
      case S3 -> EncryptionChoice.S3;
      default ->
          Difference.ENCRYPTION_UNASKED.in(compat) ? EncryptionChoice.PLAIN : EncryptionChoice.S3;
    };
  }

  private String named(@Nullable String keyId) {
    String usual = Difference.UNNAMED_KMS_KEY.in(compat) ? null : keys.usualKmsKey();
    if (keyId != null && !keyId.isEmpty()) {
      return keyId;
    }
    if (usual == null) {
      throw S3Exception.argument(
          EncryptionHeaders.KEY_ID, "null", "There is no key for those who name none.");
    }
    return usual;
  }

  private @Nullable CustomerKey customerKey(S3Request request, String prefix) {
    CustomerKey key = EncryptionHeaders.customerKey(request, prefix);
    if (key != null
        && !secure
        && !request.client().secure()
        && !Difference.CUSTOMER_KEY_IN_CLEAR.in(compat)) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST,
          "Requests specifying Server Side Encryption with Customer provided keys must be made over"
              + " a secure connection.");
    }
    return key;
  }

  /** Whether the request itself names the encryption of its object. */
  public static boolean isAsked(S3Request request) {
    return request.header(EncryptionHeaders.SSE) != null || isOfCustomer(request);
  }

  private static boolean isOfCustomer(S3Request request) {
    return request.header(EncryptionHeaders.CUSTOMER + "algorithm") != null;
  }

  /** The {@link #wanted} encryption, with a new data key for one object. */
  public ObjectEncryption sealing(S3Request request, Bucket bucket) {
    return sealing(wanted(request, bucket));
  }

  /**
   * This encryption, with a new data key for one object.
   *
   * @throws S3Exception KMS.NotFoundException, AccessDenied, ServiceUnavailable
   */
  public ObjectEncryption sealing(EncryptionChoice wanted) {
    if (wanted.mode() == Encryption.Mode.NONE) {
      return new ObjectEncryption(Encryption.getDefaultInstance(), null, Map.of());
    }
    DataKey key = DataKey.random();
    var row =
        Encryption.newBuilder()
            .setMode(wanted.mode())
            .setKeyId(wanted.keyId())
            .setContext(wanted.context())
            .setBucketKey(wanted.bucketKey())
            .setWrappedKey(keys.wrap(wanted, key));
    if (wanted.mode() != Encryption.Mode.DUAL) {
      return new ObjectEncryption(row.build(), key, wanted.headers());
    }
    DataKey outer = DataKey.random();
    row.setWrappedOuterKey(keys.wrap(outer));
    return new ObjectEncryption(row.build(), key.within(outer), wanted.headers());
  }

  /**
   * The encryption of a part, under the upload's data key. If that is under a customer's key, the
   * client must present the key again.
   *
   * @throws S3Exception InvalidRequest, InvalidArgument, KMS.NotFoundException and the like
   */
  public ObjectEncryption part(S3Request request, UploadRow upload) {
    if (!Difference.ENCRYPTION_OF_PART.in(compat)) {
      EncryptionHeaders.refuseWriteHeaders(request);
    }
    Encryption row = upload.getTemplate().getEncryption();
    CustomerKey customer = customerKey(request, EncryptionHeaders.CUSTOMER);
    if (row.getMode() == Encryption.Mode.CUSTOMER && customer == null) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST,
          "The multipart upload initiate requested encryption. Subsequent part requests must"
              + " include the appropriate encryption parameters.");
    }
    checkApplies(row, customer);
    DataKey key =
        row.getMode() == Encryption.Mode.NONE
            ? null
            : customer == null ? keys.unwrap(row) : matching(customer, row);
    return new ObjectEncryption(row, key, EncryptionHeaders.of(row, customer));
  }

  /**
   * The encryption of bytes that are appended to an object, under the object's data key.
   *
   * @throws S3Exception EncryptionTypeMismatch, AccessDenied, KMS.NotFoundException and the like
   */
  public ObjectEncryption following(S3Request request, ObjectRow object) {
    Encryption row = object.getEncryption();
    CustomerKey customer = customerKey(request, EncryptionHeaders.CUSTOMER);
    boolean customers = row.getMode() == Encryption.Mode.CUSTOMER;
    if (customers != (customer != null) || !EncryptionHeaders.agrees(request, row)) {
      throw new S3Exception(S3Error.ENCRYPTION_TYPE_MISMATCH);
    }
    DataKey key =
        row.getMode() == Encryption.Mode.NONE
            ? null
            : customers ? unwrap(row, customer) : keys.unwrap(row);
    return new ObjectEncryption(row, key, EncryptionHeaders.of(row, customer));
  }

  private static DataKey matching(CustomerKey customer, Encryption row) {
    try {
      return customer.unwrap(row.getWrappedKey());
    } catch (TamperedException other) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST,
          "The provided encryption parameters did not match the ones used originally.");
    }
  }

  /**
   * Checks the customer's key of a CompleteMultipartUpload. Only older servers demand it, but a key
   * that is presented must be the upload's.
   *
   * @throws S3Exception InvalidRequest, InvalidArgument
   */
  public void checkCompletion(S3Request request, UploadRow upload) {
    boolean customers = upload.getTemplate().getEncryption().getMode() == Encryption.Mode.CUSTOMER;
    if (isOfCustomer(request) || (Difference.CUSTOMER_KEY_OF_COMPLETION.in(compat) && customers)) {
      part(request, upload);
    }
  }

  /** The answer's headers about an object whose client has presented its key before. */
  public Map<String, String> headers(S3Request request, ObjectRow row) {
    return EncryptionHeaders.of(
        row.getEncryption(), customerKey(request, EncryptionHeaders.CUSTOMER));
  }

  /**
   * Prepares to decrypt the object that a request reads; checks the customer's key.
   *
   * @throws S3Exception InvalidRequest, InvalidArgument, AccessDenied
   */
  public ObjectDecryption opening(S3Request request, ObjectRow row) {
    EncryptionHeaders.refuseWriteHeaders(request);
    return opening(row, customerKey(request, EncryptionHeaders.CUSTOMER));
  }

  /**
   * Prepares to decrypt the source of a copy; checks the customer's key for the source.
   *
   * @throws S3Exception InvalidRequest, InvalidArgument, AccessDenied
   */
  public ObjectDecryption source(S3Request request, ObjectRow row) {
    return opening(row, customerKey(request, EncryptionHeaders.SOURCE_CUSTOMER));
  }

  private ObjectDecryption opening(ObjectRow object, @Nullable CustomerKey customer) {
    Encryption row = object.getEncryption();
    checkApplies(row, customer);
    Map<String, String> headers = EncryptionHeaders.of(row, customer);
    return switch (row.getMode()) {
      case NONE -> new ObjectDecryption(object, headers, null);
      case S3, KMS, DUAL -> new ObjectDecryption(object, headers, () -> keys.unwrap(row));
      case CUSTOMER -> {
        DataKey key = unwrap(row, customer);
        yield new ObjectDecryption(object, headers, () -> key);
      }
      case UNRECOGNIZED -> throw S3Exception.notImplemented("The encryption of this object");
    };
  }

  private static void checkApplies(Encryption row, @Nullable CustomerKey customer) {
    if (customer != null && row.getMode() != Encryption.Mode.CUSTOMER) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST, "The encryption parameters are not applicable to this object.");
    }
  }

  private DataKey unwrap(Encryption row, @Nullable CustomerKey customer) {
    if (customer == null) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST,
          "The object was stored using a form of Server Side Encryption. The correct parameters"
              + " must be provided to retrieve the object.");
    }
    try {
      return customer.unwrap(row.getWrappedKey());
    } catch (TamperedException other) {
      throw new S3Exception(
          Difference.WRONG_CUSTOMER_KEY.in(compat)
              ? S3Error.INVALID_REQUEST
              : S3Error.ACCESS_DENIED);
    }
  }

  /** The default encryption that a bucket reports; null when it has none. */
  @Nullable
  public DefaultEncryption usual(DefaultEncryption given) {
    boolean unsaid = given.getMode() == Encryption.Mode.NONE;
    return !unsaid || !Difference.ENCRYPTION_UNASKED.in(compat)
        ? (unsaid ? given.toBuilder().setMode(Encryption.Mode.S3).build() : given)
        : null;
  }
}
