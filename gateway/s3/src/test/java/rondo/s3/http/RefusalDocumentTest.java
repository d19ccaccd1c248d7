package rondo.s3.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import rondo.s3.error.RefusedRequest;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.xml.Xml;
import rondo.s3.xml.XmlText;

final class RefusalDocumentTest {
  private static String document(S3Exception refusal, String key) {
    var request = new RefusedRequest("GET", "b", key, null);
    return new String(RefusalDocument.document(refusal, request, "id", "node"), UTF_8);
  }

  @Test
  void fields_stand_between_the_message_and_the_ids() {
    assertThat(document(new S3Exception(S3Error.NO_SUCH_KEY), "k"))
        .isEqualTo(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist."
                + "</Message><Key>k</Key><RequestId>id</RequestId><HostId>bm9kZQ==</HostId>"
                + "</Error>");
  }

  @Test
  void s3_control_wraps_its_errors() {
    var request = new RefusedRequest("GET", "b", null, null).ofControl();
    byte[] document =
        RefusalDocument.document(new S3Exception(S3Error.NO_SUCH_BUCKET), request, "id", "node");
    assertThat(new String(document, UTF_8))
        .isEqualTo(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<ErrorResponse><Error><Code>NoSuchBucket</Code><Message>The specified bucket"
                + " does not exist</Message><BucketName>b</BucketName></Error>"
                + "<RequestId>id</RequestId><HostId>bm9kZQ==</HostId></ErrorResponse>");
  }

  @Test
  void every_character_of_a_key_is_legible() {
    for (char c = 1; c != 0; c++) {
      if (c > 0x100 && c % 97 != 0 && c < 0xFFF0) {
        continue;
      }
      String told = document(new S3Exception(S3Error.NO_SUCH_KEY), "a" + c + "b");
      assertThat(Xml.tree(told.getBytes(UTF_8)).text("Key"))
          .isEqualTo(XmlText.legible("a" + c + "b"));
    }
  }

  @Test
  void markup_in_a_field_is_text() {
    var refusal =
        new S3Exception(S3Error.INVALID_DIGEST, "<&>", Map.of("Content-MD5", "</Error>\r\n&"));
    assertThat(document(refusal, "k"))
        .contains("<Message>&lt;&amp;&gt;</Message>")
        .contains("<Content-MD5>&lt;/Error&gt;&#13;\n&amp;</Content-MD5>");
  }
}
