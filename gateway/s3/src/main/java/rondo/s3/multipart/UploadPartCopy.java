package rondo.s3.multipart;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.LinkedHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Checksum;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.PartRow;
import rondo.s3.access.S3Store;
import rondo.s3.copy.ByteCopy;
import rondo.s3.copy.CopySource;
import rondo.s3.encryption.ObjectDecryption;
import rondo.s3.encryption.ObjectEncryption;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.object.BodyReceiver;
import rondo.s3.object.ByteRange;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.xml.ChecksumValues;
import rondo.s3.xml.Timestamps;

/** UploadPartCopy: copies bytes, since a range need not end at a chunk's end. Thread-safe. */
public final class UploadPartCopy {
  private static final String RANGE = "x-amz-copy-source-range";
  private static final Pattern FORM = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{1,18})");

  private final S3Store store;

  public UploadPartCopy(S3Store store) {
    this.store = store;
  }

  record CopyPartResult(
      String lastModified,
      @JsonProperty("ETag") String etag,
      @JsonUnwrapped ChecksumValues checksums) {}

  public S3Response answer(S3Request request) {
    PartRequest part = PartRequest.of(store, request);
    CopySource.SourceVersion found = CopySource.of(request).read(store, request);
    ObjectRow source = found.row();
    ByteRange range = range(request.header(RANGE), source.getSize());
    if (range.length() > BodyReceiver.MOST_BYTES) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST,
          "The specified copy source is larger than the maximum allowable size for a copy source: "
              + BodyReceiver.MOST_BYTES);
    }
    ObjectDecryption opening = store.encryption().source(request, source);
    ObjectEncryption sealing = store.encryption().part(request, part.upload().row());
    PartRow row = copy(part, opening, range, sealing);
    store.uploads().put(part.upload(), part.number(), row);
    return S3Response.document(
            new CopyPartResult(
                Timestamps.of(row.getModifiedMicros()),
                '"' + row.getEtag() + '"',
                ListParts.shown(part.upload().row(), row)))
        .headers(sealing.headers())
        .headers(found.headers());
  }

  static ByteRange range(@Nullable String header, long size) {
    if (header == null) {
      return new ByteRange(0, size);
    }
    Matcher range = FORM.matcher(header);
    if (!range.matches() || Long.parseLong(range.group(2)) < Long.parseLong(range.group(1))) {
      throw S3Exception.argument(
          RANGE,
          header,
          "The x-amz-copy-source-range value must be of the form bytes=first-last where first and"
              + " last are the zero-based offsets of the first and last bytes to copy");
    }
    long first = Long.parseLong(range.group(1));
    long last = Long.parseLong(range.group(2));
    if (first >= size) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST,
          "The specified copy range is invalid for the source object size");
    }
    if (last >= size) {
      var details = new LinkedHashMap<String, String>();
      details.put("ArgumentName", RANGE);
      details.put("ArgumentValue", header);
      throw new S3Exception(
          S3Error.INVALID_COPY_RANGE,
          "Range specified is not valid for source object of size: " + size,
          details);
    }
    return new ByteRange(first, last - first + 1);
  }

  private PartRow copy(
      PartRequest part, ObjectDecryption source, ByteRange range, ObjectEncryption sealing) {
    ChecksumPlan plan = ChecksumPlan.of(part.upload().row());
    BodyReceiver.ReceivedBody received =
        new ByteCopy(part.blobs(store), part.owner(), 0)
            .copy(source, range, plan.ofParts(), sealing);
    PartRow.Builder row =
        PartRow.newBuilder()
            .setModifiedMicros(store.rows().wallMicros())
            .setSize(range.length())
            .setEtag(sealing.etag(received.digested().etag()));
    if (received.segment() != null) {
      row.addSegments(received.segment());
    }
    if (received.sealed() != null) {
      row.setSealed(received.sealed());
    }
    Checksum checksum = received.checksum();
    return checksum == null ? row.build() : row.setChecksum(checksum).build();
  }
}
