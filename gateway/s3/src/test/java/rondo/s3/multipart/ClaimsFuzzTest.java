package rondo.s3.multipart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import rondo.ring.fuzz.Fuzz;
import rondo.s3.error.S3Exception;
import rondo.s3.xml.Xml;

@Tag("long")
final class ClaimsFuzzTest {
  @Test
  void ranges_of_copies_and_plans_of_checksums_are_read_or_refused() {
    Fuzz.run(
        input -> {
          String header = new String(input, ISO_8859_1);
          UploadPartCopy.range(header, 1_000);
          ChecksumPlan.of(header, header);
        },
        S3Exception.class,
        "bytes=0-99",
        "bytes=99-100000",
        "CRC64NVME",
        "FULL_OBJECT");
  }

  @Test
  void documents_of_completions_are_read_or_refused() {
    Fuzz.run(
        input -> {
          var parts = Xml.read(input, CompleteMultipartUpload.CompletedUpload.class).part();
          if (parts != null) {
            parts.forEach(CompleteMultipartUpload.CompletedPart::wanted);
          }
        },
        S3Exception.class,
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>x</ETag><ChecksumCRC32>"
            + "AAAAAA==</ChecksumCRC32></Part></CompleteMultipartUpload>");
  }
}
