package rondo.s3.multipart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import rondo.metadata.rows.Checksum;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.PartRow;
import rondo.metadata.rows.UploadRow;
import rondo.s3.body.ChecksumAlgorithm;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.multipart.CompletionClaims.ClaimedPart;
import rondo.store.upload.UploadedPart;

final class ObjectAssemblyTest {
  private static final String ONE = "0123456789abcdef0123456789abcdef";
  private static final String TWO = "fedcba9876543210fedcba9876543210";

  private static UploadedPart part(int number, String etag, long size) {
    return new UploadedPart(number, PartRow.newBuilder().setEtag(etag).setSize(size).build());
  }

  private static final List<UploadedPart> PARTS =
      List.of(part(1, ONE, 5 << 20), part(2, TWO, 1), part(7, ONE, 2));

  private static ObjectRow row(ClaimedPart... wanted) {
    return ObjectAssembly.row(UploadRow.getDefaultInstance(), PARTS, claims(List.of(wanted)), 1);
  }

  private static CompletionClaims claims(List<ClaimedPart> parts) {
    return new CompletionClaims(parts, null, null, null, false);
  }

  private static ClaimedPart want(int number, String etag) {
    return new ClaimedPart(number, etag, Map.of());
  }

  private static void refused(S3Error error, ClaimedPart... wanted) {
    assertThatThrownBy(() -> row(wanted))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.error()).isEqualTo(error));
  }

  @Test
  void the_etag_is_the_md5_of_the_parts_md5s_and_their_number() {
    // md5sum of the two MD5s as bytes.
    ObjectRow row = row(want(1, ONE), want(2, '"' + TWO + '"'));
    assertThat(row.getEtag()).isEqualTo("b871e39d1a3258ca21654616395f5079-2");
    assertThat(row.getSize()).isEqualTo((5 << 20) + 1);
    assertThat(row.getPartsList()).extracting(p -> p.getNumber()).containsExactly(1, 2);
  }

  @Test
  void parts_must_be_there_in_order_and_large_enough() {
    refused(S3Error.INVALID_PART, want(1, TWO));
    refused(S3Error.INVALID_PART, want(1, ONE), want(3, ONE));
    refused(S3Error.INVALID_PART_ORDER, want(2, TWO), want(1, ONE));
    refused(S3Error.INVALID_PART_ORDER, want(1, ONE), want(1, ONE));
    refused(S3Error.ENTITY_TOO_SMALL, want(2, TWO), want(7, ONE));
  }

  @Test
  void the_last_part_may_be_small() {
    assertThat(row(want(7, ONE)).getSize()).isEqualTo(2);
  }

  private static ObjectRow withChecksum(@Nullable String whole, @Nullable String ofPart) {
    var upload =
        UploadRow.newBuilder().setChecksumAlgorithm("CRC32").setChecksumType("FULL_OBJECT").build();
    // The CRC32 of "123456789".
    var checksum = Checksum.newBuilder().setAlgorithm("CRC32").setValue("y/Q5Jg==");
    var part = PartRow.newBuilder().setEtag(ONE).setSize(9).setChecksum(checksum).build();
    return ObjectAssembly.row(
        upload,
        List.of(new UploadedPart(1, part)),
        new CompletionClaims(
            List.of(
                new ClaimedPart(
                    1, ONE, ofPart == null ? Map.of() : Map.of(ChecksumAlgorithm.CRC32, ofPart))),
            ChecksumAlgorithm.CRC32,
            whole,
            "FULL_OBJECT",
            false),
        1);
  }

  @Test
  void checksums_that_the_client_claims_must_be_right() {
    assertThat(withChecksum("y/Q5Jg==", "y/Q5Jg==").getChecksum().getValue()).isEqualTo("y/Q5Jg==");
    assertThatThrownBy(() -> withChecksum("AAAAAA==", null))
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.BAD_DIGEST));
    assertThatThrownBy(() -> withChecksum(null, "AAAAAA=="))
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.INVALID_PART));
  }

  @Test
  void a_composite_checksum_may_be_claimed_without_the_number_of_parts() {
    var upload =
        UploadRow.newBuilder().setChecksumAlgorithm("CRC32").setChecksumType("COMPOSITE").build();
    var checksum = Checksum.newBuilder().setAlgorithm("CRC32").setValue("y/Q5Jg==");
    var parts =
        List.of(
            new UploadedPart(1, PartRow.newBuilder().setEtag(ONE).setChecksum(checksum).build()));
    String whole = composite(upload, parts, null);
    assertThat(whole).endsWith("-1");
    String uncounted = whole.substring(0, whole.length() - 2);
    assertThat(composite(upload, parts, uncounted)).isEqualTo(whole);
    for (String wrong : List.of(uncounted + "-2", "AAAAAA==", "")) {
      assertThatThrownBy(() -> composite(upload, parts, wrong)).isInstanceOf(S3Exception.class);
    }
  }

  private static String composite(
      UploadRow upload, List<UploadedPart> parts, @Nullable String whole) {
    var part = new ClaimedPart(1, ONE, Map.of(ChecksumAlgorithm.CRC32, "y/Q5Jg=="));
    var claims = new CompletionClaims(List.of(part), ChecksumAlgorithm.CRC32, whole, null, false);
    return ObjectAssembly.row(upload, parts, claims, 1).getChecksum().getValue();
  }

  @Test
  void the_largest_object_has_ten_thousand_parts_of_five_gibibytes() {
    long most = 5L << 30;
    var parts = new ArrayList<UploadedPart>();
    var wanted = new ArrayList<ClaimedPart>();
    for (int number = 1; number <= 10_000; number++) {
      var checksum = Checksum.newBuilder().setAlgorithm("CRC64NVME").setValue("AAAAAAAAAAA=");
      var row = PartRow.newBuilder().setEtag(ONE).setSize(most).setChecksum(checksum).build();
      parts.add(new UploadedPart(number, row));
      wanted.add(want(number, ONE));
    }
    ObjectRow object = ObjectAssembly.row(UploadRow.getDefaultInstance(), parts, claims(wanted), 1);
    assertThat(object.getSize()).isEqualTo(53_687_091_200_000L);
    assertThat(object.getEtag()).endsWith("-10000");
    assertThat(object.getPartsCount()).isEqualTo(10_000);
    assertThat(object.getChecksum().getAlgorithm()).isEqualTo("CRC64NVME");
  }

  @Test
  void not_every_checksum_can_be_joined() {
    assertThat(ChecksumPlan.of("crc64nvme", null).type()).isEqualTo("FULL_OBJECT");
    assertThat(ChecksumPlan.of("SHA256", null).type()).isEqualTo("COMPOSITE");
    for (String[] wrong :
        new String[][] {
          {"SHA256", "FULL_OBJECT"}, {"CRC64NVME", "COMPOSITE"}, {"MD4", "COMPOSITE"}
        }) {
      assertThatThrownBy(() -> ChecksumPlan.of(wrong[0], wrong[1])).isInstanceOf(S3Exception.class);
    }
  }

  @Test
  void a_copied_range_is_given_in_full() {
    assertThat(UploadPartCopy.range(null, 9).length()).isEqualTo(9);
    assertThat(UploadPartCopy.range("bytes=2-4", 9).offset()).isEqualTo(2);
    long size = 53_687_091_200_000L;
    assertThat(UploadPartCopy.range("bytes=53687091199999-53687091199999", size).length())
        .isEqualTo(1);
    for (String wrong :
        List.of("0-2", "bytes=0", "bytes=0-2,3-5", "bytes=-5", "bytes=5-4", "bytes=0-9")) {
      assertThatThrownBy(() -> UploadPartCopy.range(wrong, 9))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.error().code()).isEqualTo("InvalidArgument"));
    }
    for (String behind : List.of("bytes=9-9", "bytes=100-200")) {
      assertThatThrownBy(() -> UploadPartCopy.range(behind, 9))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.INVALID_REQUEST));
    }
  }
}
