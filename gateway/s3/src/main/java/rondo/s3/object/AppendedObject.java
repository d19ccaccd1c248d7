package rondo.s3.object;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Checksum;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.PartInfo;
import rondo.ring.value.Bytes;
import rondo.s3.auth.Hashes;
import rondo.s3.body.ChecksumAlgorithm;
import rondo.s3.body.PartChecksums;

/** Makes the row of an object to which bytes are appended, as a part of their own. Pure. */
final class AppendedObject {
  private AppendedObject() {}

  /**
   * The row with the parts, size, ETag and checksum of the extended object.
   *
   * @param part the appended bytes; its number is ignored
   */
  static ObjectRow.Builder row(ObjectRow before, PartInfo part) {
    List<PartInfo> parts = new ArrayList<>(partsOf(before));
    int number = parts.isEmpty() ? 1 : parts.getLast().getNumber() + 1;
    parts.add(part.toBuilder().setNumber(number).build());
    ObjectRow.Builder row =
        before.toBuilder()
            .clearParts()
            .addAllParts(parts)
            .setSize(before.getSize() + part.getSize())
            .setEtag(etag(before.getEtag(), part.getEtag(), parts.size()));
    Checksum checksum = checksum(before, parts);
    return checksum == null ? row.clearChecksum() : row.setChecksum(checksum);
  }

  /** The object's parts. An object that was written by one request is its own first part. */
  static List<PartInfo> partsOf(ObjectRow row) {
    if (row.getPartsCount() > 0 || row.getSize() == 0) {
      return row.getPartsList();
    }
    return List.of(
        PartInfo.newBuilder()
            .setNumber(1)
            .setSize(row.getSize())
            .setEtag(row.getEtag())
            .setChecksum(row.getChecksum().getValue())
            .build());
  }

  /** The MD5 of the two ETags' MD5s, a dash, and the number of parts. */
  private static String etag(String before, String part, int parts) {
    var md5 = Hashes.start("MD5");
    int dash = before.indexOf('-');
    md5.update(HexFormat.of().parseHex(dash < 0 ? before : before.substring(0, dash)));
    md5.update(HexFormat.of().parseHex(part));
    return HexFormat.of().formatHex(md5.digest()) + "-" + parts;
  }

  /** The extended object's checksum; null when it would need a read of the earlier bytes. */
  private static @Nullable Checksum checksum(ObjectRow before, List<PartInfo> parts) {
    ChecksumAlgorithm algorithm = ChecksumAlgorithm.named(before.getChecksum().getAlgorithm());
    if (algorithm == null || parts.getLast().getChecksum().isEmpty()) {
      return null;
    }
    Checksum.Builder checksum = Checksum.newBuilder().setAlgorithm(algorithm.name());
    if (before.getSize() == 0) {
      return checksum.setValue(parts.getLast().getChecksum()).build();
    }
    if (algorithm.isCrc() && !before.getChecksum().getComposite()) {
      return checksum
          .setValue(
              PartChecksums.fullObject(
                  algorithm,
                  List.of(
                      part(algorithm, before.getChecksum().getValue(), before.getSize()),
                      part(algorithm, parts.getLast().getChecksum(), parts.getLast().getSize()))))
          .build();
    }
    if (parts.stream().anyMatch(part -> part.getChecksum().isEmpty())) {
      return null;
    }
    List<Bytes> values =
        parts.stream()
            .map(part -> part(algorithm, part.getChecksum(), part.getSize()).checksum())
            .toList();
    return checksum.setComposite(true).setValue(PartChecksums.composite(algorithm, values)).build();
  }

  private static PartChecksums.Part part(ChecksumAlgorithm algorithm, String value, long size) {
    byte[] bytes = Objects.requireNonNull(algorithm.decode(value), "a checksum that is none");
    return new PartChecksums.Part(Bytes.wrap(bytes), size);
  }
}
