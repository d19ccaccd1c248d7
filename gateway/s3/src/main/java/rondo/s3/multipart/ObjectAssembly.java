package rondo.s3.multipart;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import rondo.metadata.rows.Checksum;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.PartInfo;
import rondo.metadata.rows.PartRow;
import rondo.metadata.rows.UploadRow;
import rondo.ring.value.Bytes;
import rondo.s3.auth.Hashes;
import rondo.s3.body.ChecksumAlgorithm;
import rondo.s3.body.PartChecksums;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.object.BodyReceiver;
import rondo.s3.object.ReadConditions;
import rondo.store.upload.UploadedPart;

/** Makes an object's row from an upload's parts, if they match the client's list. Pure. */
final class ObjectAssembly {
  static final long LEAST_PART_BYTES = 5L << 20;
  private static final long MOST_OBJECT_BYTES = PartRequest.MOST_PARTS * BodyReceiver.MOST_BYTES;

  private ObjectAssembly() {}

  /**
   * @throws S3Exception InvalidPart, InvalidPartOrder, EntityTooSmall, EntityTooLarge, BadDigest,
   *     InvalidRequest
   */
  static ObjectRow row(
      UploadRow upload, List<UploadedPart> parts, CompletionClaims claims, long nowMicros) {
    ChecksumPlan plan = ChecksumPlan.of(upload);
    claims.checkType(plan);
    List<UploadedPart> chosen = choose(parts, claims.parts());
    claims.checkParts(plan, chosen);
    checkSizes(chosen);
    ObjectRow.Builder row =
        upload.getTemplate().toBuilder()
            .setModifiedMicros(nowMicros)
            .setEtag(etag(chosen))
            .setSize(chosen.stream().mapToLong(part -> part.row().getSize()).sum());
    ChecksumPlan whole = plan.ofObject(upload.getTemplate().getEncryption().getMode(), chosen);
    if (whole.algorithm() != null) {
      Checksum checksum = checksum(whole.algorithm(), whole.type(), chosen);
      claims.checkWhole(plan, checksum);
      row.setChecksum(checksum);
    }
    for (UploadedPart part : chosen) {
      row.addAllSegments(part.row().getSegmentsList());
      if (part.row().hasSealed()) {
        row.getEncryptionBuilder().addStreams(part.row().getSealed());
      }
      row.addParts(info(part, plan));
    }
    return row.build();
  }

  private static PartInfo info(UploadedPart part, ChecksumPlan plan) {
    PartRow row = part.row();
    return PartInfo.newBuilder()
        .setNumber(part.number())
        .setSize(row.getSize())
        .setEtag(row.getEtag())
        .setChecksum(plan.algorithm() == null ? "" : row.getChecksum().getValue())
        .build();
  }

  private static List<UploadedPart> choose(
      List<UploadedPart> parts, List<CompletionClaims.ClaimedPart> wanted) {
    Map<Integer, UploadedPart> byNumber =
        parts.stream().collect(Collectors.toMap(UploadedPart::number, Function.identity()));
    var chosen = new ArrayList<UploadedPart>();
    int last = 0;
    for (CompletionClaims.ClaimedPart one : wanted) {
      if (one.number() <= last) {
        throw new S3Exception(S3Error.INVALID_PART_ORDER);
      }
      last = one.number();
      UploadedPart part = byNumber.get(one.number());
      if (part == null || !part.row().getEtag().equals(ReadConditions.unquoted(one.etag()))) {
        throw one.invalid();
      }
      chosen.add(part);
    }
    return chosen;
  }

  private static void checkSizes(List<UploadedPart> chosen) {
    long size = 0;
    for (UploadedPart part : chosen) {
      size += part.row().getSize();
      if (part.row().getSize() < LEAST_PART_BYTES && part.number() != chosen.getLast().number()) {
        throw new S3Exception(
            S3Error.ENTITY_TOO_SMALL,
            S3Error.ENTITY_TOO_SMALL.message(),
            Map.of(
                "ProposedSize", Long.toString(part.row().getSize()),
                "MinSizeAllowed", Long.toString(LEAST_PART_BYTES),
                "PartNumber", Integer.toString(part.number()),
                "ETag", part.row().getEtag()));
      }
    }
    if (size > MOST_OBJECT_BYTES) {
      throw new S3Exception(S3Error.ENTITY_TOO_LARGE);
    }
  }

  /** The MD5 of the parts' MD5s, a dash, and the number of parts. */
  static String etag(List<UploadedPart> parts) {
    var md5 = Hashes.start("MD5");
    parts.forEach(part -> md5.update(HexFormat.of().parseHex(part.row().getEtag())));
    return HexFormat.of().formatHex(md5.digest()) + "-" + parts.size();
  }

  private static Checksum checksum(
      ChecksumAlgorithm algorithm, String type, List<UploadedPart> parts) {
    boolean composite = type.equals(ChecksumPlan.COMPOSITE);
    List<PartChecksums.Part> values =
        parts.stream()
            .map(part ->
                new PartChecksums.Part(
                    Bytes.wrap(value(algorithm, part.row())), part.row().getSize()))
            .toList();
    String whole =
        composite
            ? PartChecksums.composite(
                algorithm, values.stream().map(PartChecksums.Part::checksum).toList())
            : PartChecksums.fullObject(algorithm, values);
    return Checksum.newBuilder()
        .setAlgorithm(algorithm.name())
        .setValue(whole)
        .setComposite(composite)
        .build();
  }

  /** The part's checksum. The client's or a computed one, every part of such an upload has it. */
  private static byte[] value(ChecksumAlgorithm algorithm, PartRow row) {
    return Objects.requireNonNull(algorithm.decode(row.getChecksum().getValue()), "a part without");
  }
}
