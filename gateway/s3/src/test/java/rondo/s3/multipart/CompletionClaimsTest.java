package rondo.s3.multipart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rondo.metadata.rows.Checksum;
import rondo.metadata.rows.PartRow;
import rondo.metadata.rows.UploadRow;
import rondo.s3.body.ChecksumAlgorithm;
import rondo.s3.error.S3Exception;
import rondo.store.upload.UploadedPart;

/** What AWS answers to the claims of a completion; the part is {@code 123456789}. */
final class CompletionClaimsTest {
  private static final String ETAG = "0123456789abcdef0123456789abcdef";
  private static final Map<String, String> SUMS =
      Map.of("CRC32", "y/Q5Jg==", "CRC32C", "4waSgw==", "CRC64NVME", "rosUhgp5nIg=");

  private static String completed(
      @Nullable String algorithm,
      @Nullable String type,
      @Nullable String ofPart,
      @Nullable String ofWhole,
      @Nullable String claimedType,
      boolean lenient) {
    UploadRow upload =
        UploadRow.newBuilder()
            .setChecksumAlgorithm(algorithm == null ? "" : algorithm)
            .setChecksumType(type == null ? "" : type)
            .build();
    String own = algorithm == null ? "CRC64NVME" : algorithm;
    PartRow part =
        PartRow.newBuilder()
            .setEtag(ETAG)
            .setSize(9)
            .setChecksum(Checksum.newBuilder().setAlgorithm(own).setValue(SUMS.get(own)))
            .build();
    Map<ChecksumAlgorithm, String> parts = sums(ofPart);
    Map<ChecksumAlgorithm, String> whole = sums(ofWhole);
    ChecksumAlgorithm named = whole.isEmpty() ? null : whole.keySet().iterator().next();
    var claims =
        new CompletionClaims(
            List.of(new CompletionClaims.ClaimedPart(1, ETAG, parts)),
            named,
            named == null ? null : whole.get(named),
            claimedType,
            lenient);
    try {
      return ObjectAssembly.row(upload, List.of(new UploadedPart(1, part)), claims, 1)
          .getChecksum()
          .getValue();
    } catch (S3Exception refusal) {
      return refusal.error().code();
    }
  }

  /** Right values of algorithms, or wrong ones of those with an exclamation mark. */
  private static Map<ChecksumAlgorithm, String> sums(@Nullable String named) {
    var sums = new EnumMap<ChecksumAlgorithm, String>(ChecksumAlgorithm.class);
    for (String one : named == null ? List.<String>of() : Arrays.asList(named.split("\\+"))) {
      String name = one.replace("!", "");
      String value = SUMS.getOrDefault(name, "AAAAAA==");
      sums.put(ChecksumAlgorithm.valueOf(name), one.endsWith("!") ? "AAAAAA==" : value);
    }
    return sums;
  }

  @ParameterizedTest
  @CsvSource({
    // an upload that asked for none
    ", , , , , rosUhgp5nIg=",
    ", , CRC32C, , , InvalidPart",
    ", , CRC64NVME, , , rosUhgp5nIg=",
    ", , CRC64NVME!, , , InvalidPart",
    ", , , CRC32C!, , rosUhgp5nIg=",
    ", , , CRC64NVME, , rosUhgp5nIg=",
    ", , , CRC64NVME!, , BadDigest",
    ", , , , FULL_OBJECT, InvalidRequest",
    ", , , , COMPOSITE, InvalidRequest",
    // the whole object's
    "CRC32C, FULL_OBJECT, , , , 4waSgw==",
    "CRC32C, FULL_OBJECT, CRC32C, , , 4waSgw==",
    "CRC32C, FULL_OBJECT, CRC32C!, , , InvalidPart",
    "CRC32C, FULL_OBJECT, CRC32, , , BadDigest",
    "CRC32C, FULL_OBJECT, , CRC32C, FULL_OBJECT, 4waSgw==",
    "CRC32C, FULL_OBJECT, , CRC32C!, FULL_OBJECT, BadDigest",
    "CRC32C, FULL_OBJECT, , CRC32, FULL_OBJECT, BadDigest",
    "CRC32C, FULL_OBJECT, , CRC32C, , BadDigest",
    "CRC32C, FULL_OBJECT, , , COMPOSITE, InvalidRequest",
    "CRC32C, FULL_OBJECT, , , full_object, InvalidRequest",
    "CRC32C, FULL_OBJECT, , , '', InvalidRequest",
    // the parts'
    "CRC32, COMPOSITE, , , , InvalidRequest",
    "CRC32, COMPOSITE, CRC32!, , , InvalidPart",
    "CRC32, COMPOSITE, SHA256, , , BadDigest",
    "CRC32, COMPOSITE, CRC32+SHA1, , , BadDigest",
    "CRC32, COMPOSITE, CRC32, CRC32C, , BadDigest",
    "CRC32, COMPOSITE, CRC32, CRC32!, , BadDigest",
    "CRC32, COMPOSITE, CRC32, , FULL_OBJECT, InvalidRequest",
    "CRC32, COMPOSITE, CRC32, , invalid_type, InvalidRequest"
  })
  void claims_are_judged(
      @Nullable String algorithm,
      @Nullable String type,
      @Nullable String ofPart,
      @Nullable String ofWhole,
      @Nullable String claimedType,
      String answer) {
    assertThat(completed(algorithm, type, ofPart, ofWhole, claimedType, false)).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({"CRC32, COMPOSITE, , , -1", "CRC32C, FULL_OBJECT, , CRC32C, 4waSgw=="})
  void older_tools_leave_out_what_s3_needs(
      String algorithm,
      String type,
      @Nullable String ofPart,
      @Nullable String ofWhole,
      String answer) {
    assertThat(completed(algorithm, type, ofPart, ofWhole, null, true)).endsWith(answer);
  }
}
