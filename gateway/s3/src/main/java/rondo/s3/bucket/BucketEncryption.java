package rondo.s3.bucket;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.DefaultEncryption;
import rondo.metadata.rows.Encryption;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.encryption.EncryptionHeaders;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.BodyReader;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.xml.Xml;
import rondo.s3.xml.XmlElement;
import rondo.store.row.Bucket;

/** PutBucketEncryption, GetBucketEncryption and DeleteBucketEncryption. Thread-safe. */
public final class BucketEncryption {
  private static final int MOST_BYTES = 64 * 1024;
  private static final String SSE_C = "SSE-C";

  private final S3Store store;

  public BucketEncryption(S3Store store) {
    this.store = store;
  }

  record ServerSideEncryptionConfiguration(Rule rule) {}

  record Rule(
      ApplyServerSideEncryptionByDefault applyServerSideEncryptionByDefault,
      boolean bucketKeyEnabled,
      @Nullable BlockedEncryptionTypes blockedEncryptionTypes) {}

  record ApplyServerSideEncryptionByDefault(
      @JsonProperty("SSEAlgorithm") String algorithm,
      @JsonProperty("KMSMasterKeyID") @Nullable String keyId) {}

  record BlockedEncryptionTypes(List<String> encryptionType) {}

  /**
   * @throws S3Exception ServerSideEncryptionConfigurationNotFoundError, NoSuchBucket, AccessDenied
   */
  public S3Response get(S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.GET_ENCRYPTION_CONFIGURATION);
    DefaultEncryption usual = store.encryption().usual(bucket.row().getEncryption());
    if (usual == null) {
      throw new S3Exception(S3Error.SERVER_SIDE_ENCRYPTION_CONFIGURATION_NOT_FOUND_ERROR);
    }
    return S3Response.document(document(usual));
  }

  /**
   * @throws S3Exception MalformedXML, InvalidArgument, NotImplemented, NoSuchBucket, AccessDenied
   */
  public S3Response put(S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.PUT_ENCRYPTION_CONFIGURATION);
    DefaultEncryption usual = parse(BodyReader.digestedDocument(request, MOST_BYTES));
    store.buckets().change(bucket, row -> row.toBuilder().setEncryption(usual).build());
    return S3Response.ok();
  }

  public S3Response delete(S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.PUT_ENCRYPTION_CONFIGURATION);
    store.buckets().change(bucket, row -> row.toBuilder().clearEncryption().build());
    return S3Response.of(204);
  }

  static DefaultEncryption parse(byte[] document) {
    XmlElement root = Xml.tree(document);
    root.checkChildren(Set.of("Rule"));
    XmlElement rule = required(root.one("Rule"));
    rule.checkChildren(
        Set.of("ApplyServerSideEncryptionByDefault", "BucketKeyEnabled", "BlockedEncryptionTypes"));
    DefaultEncryption.Builder usual = DefaultEncryption.newBuilder().setMode(Encryption.Mode.S3);
    XmlElement apply = rule.one("ApplyServerSideEncryptionByDefault");
    if (apply != null) {
      readAlgorithm(apply, usual);
    }
    String bucketKey = rule.text("BucketKeyEnabled");
    if (bucketKey != null) {
      usual.setBucketKey(bool(bucketKey.strip()));
    }
    XmlElement blocked = rule.one("BlockedEncryptionTypes");
    if (blocked != null) {
      usual.setBlocksCustomerKeys(blocksCustomerKeys(blocked));
    }
    if (usual.getMode() == Encryption.Mode.DUAL && usual.getBucketKey()) {
      throw new S3Exception(
          S3Error.INVALID_ARGUMENT,
          "S3 Bucket Keys are not supported for " + EncryptionHeaders.DSSE + ".");
    }
    return usual.build();
  }

  private static void readAlgorithm(XmlElement apply, DefaultEncryption.Builder usual) {
    apply.checkChildren(Set.of("SSEAlgorithm", "KMSMasterKeyID"));
    String keyId = apply.text("KMSMasterKeyID");
    switch (required(apply.text("SSEAlgorithm"))) {
      case EncryptionHeaders.AES256 -> {
        if (keyId != null) {
          throw S3Exception.argument(
              "ApplyServerSideEncryptionByDefault",
              "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or"
                  + " aws:kms:dsse");
        }
      }
      case EncryptionHeaders.KMS ->
          usual.setMode(Encryption.Mode.KMS).setKeyId(keyId == null ? "" : keyId.strip());
      case EncryptionHeaders.DSSE ->
          usual.setMode(Encryption.Mode.DUAL).setKeyId(keyId == null ? "" : keyId.strip());
      default -> throw new S3Exception(S3Error.MALFORMED_XML);
    }
  }

  private static boolean blocksCustomerKeys(XmlElement blocked) {
    blocked.checkChildren(Set.of("EncryptionType"));
    List<String> types =
        blocked.all("EncryptionType").stream().map(type -> type.text().strip()).toList();
    if (!Set.of(SSE_C, "NONE").containsAll(types)) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    return types.contains(SSE_C);
  }

  private static boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new S3Exception(S3Error.MALFORMED_XML);
    };
  }

  private static <T> T required(@Nullable T part) {
    if (part == null) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    return part;
  }

  private static ServerSideEncryptionConfiguration document(DefaultEncryption usual) {
    String algorithm =
        switch (usual.getMode()) {
          case KMS -> EncryptionHeaders.KMS;
          case DUAL -> EncryptionHeaders.DSSE;
          default -> EncryptionHeaders.AES256;
        };
    return new ServerSideEncryptionConfiguration(
        new Rule(
            new ApplyServerSideEncryptionByDefault(
                algorithm, usual.getKeyId().isEmpty() ? null : usual.getKeyId()),
            usual.getBucketKey(),
            usual.getBlocksCustomerKeys() ? new BlockedEncryptionTypes(List.of(SSE_C)) : null));
  }
}
