package rondo.s3.multipart;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Checksum;
import rondo.metadata.rows.PartRow;
import rondo.metadata.rows.UploadRow;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.acl.OwnerNames;
import rondo.s3.lifecycle.ExpirationHeaders;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.xml.ChecksumValues;
import rondo.s3.xml.Owner;
import rondo.s3.xml.S3Document;
import rondo.s3.xml.Timestamps;
import rondo.store.row.Bucket;
import rondo.store.upload.Upload;
import rondo.store.upload.UploadedPart;

/** ListParts of an upload that hasn't been completed. Thread-safe. */
public final class ListParts {
  private static final int MOST = 1000;

  private final S3Store store;

  public ListParts(S3Store store) {
    this.store = store;
  }

  @S3Document
  record ListPartsResult(
      String bucket,
      String key,
      String uploadId,
      Owner initiator,
      Owner owner,
      String storageClass,
      int partNumberMarker,
      int nextPartNumberMarker,
      int maxParts,
      boolean isTruncated,
      @Nullable String checksumAlgorithm,
      @Nullable String checksumType,
      List<ListedPart> part) {}

  record ListedPart(
      int partNumber,
      String lastModified,
      @JsonProperty("ETag") String etag,
      long size,
      @JsonUnwrapped ChecksumValues checksums) {
    static ListedPart of(UploadRow upload, UploadedPart part) {
      return new ListedPart(
          part.number(),
          Timestamps.of(part.row().getModifiedMicros()),
          '"' + part.row().getEtag() + '"',
          part.row().getSize(),
          shown(upload, part.row()));
    }
  }

  /** A part's checksum, where its upload asked for checksums. */
  static ChecksumValues shown(UploadRow upload, PartRow part) {
    Checksum checksum = part.getChecksum();
    return upload.getChecksumAlgorithm().isEmpty()
        ? ChecksumValues.NONE
        : ChecksumValues.of(checksum.getAlgorithm(), checksum.getValue());
  }

  public S3Response answer(S3Request request) {
    Bucket bucket = store.bucket(request, Action.LIST_MULTIPART_UPLOAD_PARTS);
    Upload upload = store.uploads().open(bucket, request.key(), PartRequest.uploadId(request));
    int limit = request.query().number("max-parts", MOST, MOST);
    int after = request.query().number("part-number-marker", 0, PartRequest.MOST_PARTS);
    List<UploadedPart> found = store.uploads().parts(upload, after, limit + 1);
    boolean more = found.size() > limit;
    List<UploadedPart> page = more ? found.subList(0, limit) : found;
    UploadRow row = upload.row();
    OwnerNames owners = store.acls().owners(request);
    String storageClass = row.getTemplate().getStorageClass();
    return S3Response.document(
            new ListPartsResult(
                bucket.name(),
                request.key(),
                upload.id(),
                owners.named(row.getInitiator()),
                owners.of(row.getTemplate().getOwner()),
                storageClass.isEmpty() ? "STANDARD" : storageClass,
                after,
                page.isEmpty() ? 0 : page.getLast().number(),
                limit,
                more,
                orNull(row.getChecksumAlgorithm()),
                orNull(row.getChecksumType()),
                page.stream().map(one -> ListedPart.of(row, one)).toList()))
        .headers(ExpirationHeaders.ofUpload(bucket, request.key(), row.getInitiatedMicros()));
  }

  static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
