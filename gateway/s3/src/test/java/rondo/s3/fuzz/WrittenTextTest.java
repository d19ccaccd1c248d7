package rondo.s3.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import rondo.ring.fuzz.Fuzz;
import rondo.s3.error.S3Exception;
import rondo.s3.request.ResourceAddress;
import rondo.s3.xml.Tag;
import rondo.s3.xml.TagSet;
import rondo.s3.xml.Tagging;
import rondo.s3.xml.Xml;
import rondo.s3.xml.XmlElement;
import rondo.s3.xml.XmlText;

/** What clients sent comes back in documents that can be read, whatever it was. */
final class WrittenTextTest {
  @Test
  void a_document_can_be_read_again() {
    Fuzz.run(
        input -> {
          String text = new String(input, UTF_8);
          byte[] document = Xml.write(new Tagging(new TagSet(List.of(new Tag("k", text)))));
          XmlElement set = Xml.tree(document).children().getFirst();
          assertThat(set.children().getFirst().text("Value")).isEqualTo(XmlText.legible(text));
        },
        IllegalStateException.class, // Which nothing there throws: MalformedXML would be a defect.
        "a\u0001b\uFFFEc\uFFFFd",
        "]]> &amp; <x/> \r\n\t\uD83D\uDE00");
  }

  @Test
  void a_bucket_is_read_as_it_is_with_its_key() {
    Fuzz.run(
        input -> {
          String path = "/" + new String(input, UTF_8);
          for (List<String> domains : List.of(List.<String>of(), List.of("example"))) {
            var address = ResourceAddress.of(path, "b.example:80", domains);
            assertThat(ResourceAddress.bucket(path, "b.example:80", domains))
                .isEqualTo(address.bucket());
          }
        },
        S3Exception.class,
        "bucket/a%20b/%C3%A9",
        "b%75cket//k",
        "%ff/k");
  }
}
