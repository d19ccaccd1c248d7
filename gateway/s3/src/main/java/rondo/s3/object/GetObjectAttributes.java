package rondo.s3.object;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.PartInfo;
import rondo.s3.access.Action;
import rondo.s3.error.Difference;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.request.VersionIds;
import rondo.s3.xml.ChecksumValues;
import rondo.s3.xml.GetObjectAttributesResponse;
import rondo.s3.xml.GetObjectAttributesResponse.Checksum;
import rondo.s3.xml.GetObjectAttributesResponse.ObjectParts;
import rondo.s3.xml.GetObjectAttributesResponse.Part;

/** GetObjectAttributes. Thread-safe. */
public final class GetObjectAttributes {
  private static final Set<String> KNOWN =
      Set.of("ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize");
  private static final int MOST_PARTS = 1000;

  private final ObjectReader reader;
  private final boolean older;

  public GetObjectAttributes(ObjectReader reader, boolean compat) {
    this.reader = reader;
    this.older = Difference.PARTS_OF_ATTRIBUTES.in(compat);
  }

  public S3Response answer(S3Request request) {
    Set<String> wanted = wanted(request);
    int most = number(request, "x-amz-max-parts", MOST_PARTS);
    int marker = number(request, "x-amz-part-number-marker", 0);
    ObjectReader.Version version =
        reader.version(request, Action.GET_OBJECT, Action.GET_OBJECT_ATTRIBUTES);
    ObjectRow row = version.row();
    reader.opening(request, row);
    var document =
        new GetObjectAttributesResponse(
            wanted.contains("ETag") ? row.getEtag() : null,
            wanted.contains("Checksum") && row.hasChecksum() ? checksum(row) : null,
            wanted.contains("ObjectParts") && row.getPartsCount() > 0
                ? parts(row, marker, Math.min(most, MOST_PARTS))
                : null,
            wanted.contains("StorageClass") ? storageClass(row) : null,
            wanted.contains("ObjectSize") ? row.getSize() : null);
    return S3Response.document(document)
        .header("Last-Modified", ObjectHeaders.lastModified(row))
        .headers(VersionIds.read(version.bucket(), row));
  }

  private static Set<String> wanted(S3Request request) {
    String header = request.header("x-amz-object-attributes");
    if (header == null) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST,
          "Missing required header for this request: x-amz-object-attributes");
    }
    Set<String> wanted =
        Stream.of(header.split(",", -1)).map(String::strip).collect(Collectors.toSet());
    if (!KNOWN.containsAll(wanted)) {
      throw S3Exception.argument(
          "x-amz-object-attributes", header, "Invalid attribute name specified.");
    }
    return wanted;
  }

  private static int number(S3Request request, String header, int otherwise) {
    String value = request.header(header);
    if (value == null) {
      return otherwise;
    }
    if (!value.matches("[0-9]+") || new BigInteger(value).bitLength() >= Integer.SIZE) {
      throw S3Exception.argument(
          header, value, "Provided " + header + " not an integer or within integer range");
    }
    return new BigInteger(value).intValue();
  }

  private Checksum checksum(ObjectRow row) {
    rondo.metadata.rows.Checksum checksum = row.getChecksum();
    String value = checksum.getValue();
    boolean counted = checksum.getComposite() && !older;
    return new Checksum(
        ChecksumValues.of(
            checksum.getAlgorithm(), counted ? value.substring(0, value.indexOf('-')) : value),
        checksum.getComposite() ? "COMPOSITE" : "FULL_OBJECT");
  }

  private ObjectParts parts(ObjectRow row, int marker, int most) {
    if (!older && !row.getChecksum().getComposite()) {
      return ObjectParts.counted(row.getPartsCount());
    }
    List<PartInfo> behind =
        row.getPartsList().stream().filter(part -> part.getNumber() > marker).toList();
    List<PartInfo> page = behind.subList(0, Math.min(most, behind.size()));
    String algorithm = row.hasChecksum() ? row.getChecksum().getAlgorithm() : "";
    return new ObjectParts(
        row.getPartsCount(),
        marker,
        page.isEmpty() ? 0 : page.getLast().getNumber(),
        most,
        page.size() < behind.size(),
        page.stream().map(part -> part(part, algorithm)).toList());
  }

  private static Part part(PartInfo part, String algorithm) {
    return new Part(
        part.getNumber(), part.getSize(), ChecksumValues.of(algorithm, part.getChecksum()));
  }

  private static String storageClass(ObjectRow row) {
    return row.getStorageClass().isEmpty() ? "STANDARD" : row.getStorageClass();
  }
}
