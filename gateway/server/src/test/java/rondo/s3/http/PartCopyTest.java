package rondo.s3.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.server.boot.NodeProcess;

/** UploadPartCopy of bytes in many pieces, plain and encrypted, on a whole node. */
@Tag("node")
final class PartCopyTest {
  private static final byte[] NOTHING = new byte[0];
  private static final int SOURCE_BYTES = 9_000_001;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"compat", "aws"})
  void parts_have_the_bytes_that_were_asked_for(String profile) throws IOException {
    byte[] source = new byte[SOURCE_BYTES];
    new Random(1).nextBytes(source);
    try (NodeProcess node = TestNode.start(folder.resolve("data"), "--profile=" + profile)) {
      var client = new RawClient(node.s3Port());
      assertThat(client.send("PUT", "/bucket", NOTHING).status()).isEqualTo(200);
      assertThat(client.send("PUT", "/bucket/from", source).status()).isEqualTo(200);
      String begun = client.send("POST", "/bucket/to?uploads=", NOTHING).text();
      String path = "/bucket/to?partNumber=%d&uploadId=" + between(begun, "UploadId");
      int[] bounds = {1, 5_500_000, SOURCE_BYTES - 1};
      var list = new StringBuilder("<CompleteMultipartUpload>");
      for (int part = 1; part < bounds.length; part++) {
        String range = "bytes=%d-%d".formatted(bounds[part - 1], bounds[part] - 1);
        var copied =
            client.send(
                "PUT",
                path.formatted(part),
                NOTHING,
                "x-amz-copy-source",
                "/bucket/from",
                "x-amz-copy-source-range",
                range);
        list.append("<Part><PartNumber>%d</PartNumber><ETag>".formatted(part))
            .append(between(copied.text(), "ETag"))
            .append("</ETag></Part>");
      }
      byte[] all = list.append("</CompleteMultipartUpload>").toString().getBytes(UTF_8);
      var done = client.send("POST", path.replace("partNumber=%d&", ""), all);
      assertThat(done.text()).contains("<CompleteMultipartUploadResult");
      assertThat(client.get("/bucket/to").body().array())
          .isEqualTo(Arrays.copyOfRange(source, 1, SOURCE_BYTES - 1));
    }
  }

  private static String between(String document, String element) {
    int start = document.indexOf("<" + element + ">") + element.length() + 2;
    return document.substring(start, document.indexOf("</" + element + ">"));
  }
}
