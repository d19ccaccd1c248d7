package rondo.s3.multipart;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Checksum;
import rondo.metadata.rows.Encryption;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.body.BodyClaims;
import rondo.s3.body.ChecksumAlgorithm;
import rondo.s3.error.Difference;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.lifecycle.ExpirationHeaders;
import rondo.s3.object.WriteConditions;
import rondo.s3.request.BodyReader;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.request.VersionIds;
import rondo.s3.xml.ChecksumValues;
import rondo.s3.xml.S3Document;
import rondo.s3.xml.Xml;
import rondo.store.object.WriteCondition;
import rondo.store.row.Bucket;
import rondo.store.upload.UploadCompletion;

/** CompleteMultipartUpload: writes one row that joins the parts. No byte moves. Thread-safe. */
public final class CompleteMultipartUpload {
  /** Ten thousand parts, each with an ETag and the longest checksum, and room for indentation. */
  private static final int MOST_BYTES = 4 << 20;

  private final S3Store store;
  private final boolean compat;

  public CompleteMultipartUpload(S3Store store, boolean compat) {
    this.store = store;
    this.compat = compat;
  }

  record CompletedUpload(@Nullable List<CompletedPart> part) {}

  @S3Document
  record CompletedPart(
      @Nullable Integer partNumber,
      @JsonProperty("ETag") @Nullable String etag,
      @JsonProperty("ChecksumCRC32") @Nullable String crc32,
      @JsonProperty("ChecksumCRC32C") @Nullable String crc32c,
      @JsonProperty("ChecksumCRC64NVME") @Nullable String crc64nvme,
      @JsonProperty("ChecksumSHA1") @Nullable String sha1,
      @JsonProperty("ChecksumSHA256") @Nullable String sha256,
      @JsonProperty("ChecksumSHA512") @Nullable String sha512,
      @JsonProperty("ChecksumMD5") @Nullable String md5,
      @JsonProperty("ChecksumXXHASH64") @Nullable String xxhash64,
      @JsonProperty("ChecksumXXHASH3") @Nullable String xxhash3,
      @JsonProperty("ChecksumXXHASH128") @Nullable String xxhash128) {
    private static final int MOST = 10_000;

    CompletionClaims.ClaimedPart wanted() {
      if (partNumber == null || etag == null || partNumber < 1 || partNumber > MOST) {
        throw new S3Exception(S3Error.MALFORMED_XML);
      }
      var checksums = new EnumMap<ChecksumAlgorithm, String>(ChecksumAlgorithm.class);
      for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
        String value = checksum(algorithm);
        if (value != null) {
          checksums.put(algorithm, value);
        }
      }
      return new CompletionClaims.ClaimedPart(partNumber, etag, checksums);
    }

    private @Nullable String checksum(ChecksumAlgorithm algorithm) {
      return switch (algorithm) {
        case CRC32 -> crc32;
        case CRC32C -> crc32c;
        case CRC64NVME -> crc64nvme;
        case SHA1 -> sha1;
        case SHA256 -> sha256;
        case SHA512 -> sha512;
        case MD5 -> md5;
        case XXHASH64 -> xxhash64;
        case XXHASH3 -> xxhash3;
        case XXHASH128 -> xxhash128;
      };
    }
  }

  record CompleteMultipartUploadResult(
      String location,
      String bucket,
      String key,
      @JsonProperty("ETag") String etag,
      @JsonUnwrapped ChecksumValues checksums,
      @Nullable String checksumType) {}

  public S3Response answer(S3Request request) {
    Bucket bucket = store.bucket(request, Action.PUT_OBJECT);
    WriteCondition condition = new WriteConditions(compat).of(request);
    CompletionClaims claims = claims(request, wanted(request, bucket));
    String size = request.header("x-amz-mp-object-size");
    ObjectRow row =
        new UploadCompletion(
                store.uploads(),
                store.objects(),
                bucket,
                request.key(),
                PartRequest.uploadId(request))
            .complete(
                (upload, parts) -> {
                  store.access().requireUndenied(request, bucket, upload.row().getTemplate());
                  store.encryption().checkCompletion(request, upload.row());
                  ObjectRow assembled =
                      ObjectAssembly.row(upload.row(), parts, claims, store.rows().wallMicros());
                  checkSize(size, assembled);
                  return assembled;
                },
                condition);
    return S3Response.document(document(request, row))
        .header("x-amz-expiration", ExpirationHeaders.of(bucket, request.key(), row))
        .headers(store.encryption().headers(request, row))
        .headers(VersionIds.written(bucket, row));
  }

  private List<CompletionClaims.ClaimedPart> wanted(S3Request request, Bucket bucket) {
    byte[] body = BodyReader.plainDocument(request, MOST_BYTES);
    if (body.length == 0) {
      store.uploads().open(bucket, request.key(), PartRequest.uploadId(request));
      throw new S3Exception(S3Error.NO_PARTS);
    }
    List<CompletedPart> parts = Xml.read(body, CompletedUpload.class).part();
    if (parts == null || parts.isEmpty() || parts.size() > PartRequest.MOST_PARTS) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    var wanted = new ArrayList<CompletionClaims.ClaimedPart>();
    for (CompletedPart part : parts) {
      CompletionClaims.ClaimedPart one = part.wanted();
      // Older tools name a part again that they have sent again, and mean the last.
      if (Difference.PART_AGAIN.in(compat)
          && !wanted.isEmpty()
          && wanted.getLast().number() == one.number()) {
        wanted.removeLast();
      }
      wanted.add(one);
    }
    return wanted;
  }

  private CompletionClaims claims(S3Request request, List<CompletionClaims.ClaimedPart> parts) {
    ChecksumAlgorithm algorithm = null;
    String whole = null;
    for (Map.Entry<String, String> header : request.headers()) {
      ChecksumAlgorithm named = ChecksumAlgorithm.ofHeader(header.getKey());
      if (named != null && algorithm != null) {
        throw new S3Exception(S3Error.INVALID_REQUEST, BodyClaims.ONE_CHECKSUM);
      }
      if (named != null) {
        algorithm = named;
        whole = header.getValue().strip();
      }
    }
    return new CompletionClaims(
        parts,
        algorithm,
        whole,
        request.header("x-amz-checksum-type"),
        Difference.CLAIMS_OF_COMPLETION.in(compat));
  }

  private static void checkSize(@Nullable String claimed, ObjectRow row) {
    if (claimed != null && !claimed.equals(Long.toString(row.getSize()))) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST,
          "The provided 'x-amz-mp-object-size' header does not match what was computed.");
    }
  }

  private static CompleteMultipartUploadResult document(S3Request request, ObjectRow row) {
    // S3 tells the checksum of what a key of KMS protects to its readers alone.
    boolean kms = row.getEncryption().getMode() == Encryption.Mode.KMS;
    Checksum checksum = kms ? Checksum.getDefaultInstance() : row.getChecksum();
    return new CompleteMultipartUploadResult(
        request.origin() + request.wire().rawPath(),
        request.bucket(),
        request.key(),
        '"' + row.getEtag() + '"',
        ChecksumValues.of(checksum.getAlgorithm(), checksum.getValue()),
        row.hasChecksum() && !kms
            ? (checksum.getComposite() ? ChecksumPlan.COMPOSITE : ChecksumPlan.FULL_OBJECT)
            : null);
  }
}
