package rondo.s3.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

final class XmlTextTest {
  /** What another parser than our own reads of a value that we wrote. */
  private static String read(String value) {
    byte[] document = Xml.write(new Tagging(new TagSet(List.of(new Tag("k", value)))));
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(document))
          .getElementsByTagName("Value")
          .item(0)
          .getTextContent();
    } catch (ParserConfigurationException | SAXException | IOException malformed) {
      throw new AssertionError(malformed);
    }
  }

  @Test
  void every_character_comes_as_it_is_or_as_one_and_the_same_other() {
    for (int block = 0; block <= 0x1F; block++) {
      var text = new StringBuilder();
      for (int c = block << 11; c < (block + 1) << 11; c++) {
        text.append((char) c);
      }
      String value = text.append("end").toString();
      assertThat(read(value)).isEqualTo(XmlText.legible(value));
    }
  }

  @Test
  void what_xml_cannot_carry_is_told_alike() {
    for (String one : List.of("\u0000", "\u0001", "\u001F", "\uFFFE", "\uFFFF", "\uD800")) {
      assertThat(XmlText.legible("a" + one + "b")).isEqualTo("a\uFFFDb");
      assertThat(read("a" + one + "b")).isEqualTo("a\uFFFDb");
    }
    String carried = "\t\n\r \u007F\u0085\u2028\uD7FF\uE000\uFFFD\uD83D\uDE00\uDBFF\uDFFF";
    assertThat(XmlText.legible(carried)).isSameAs(carried);
    assertThat(read(carried)).isEqualTo(carried);
  }

  @Test
  void any_text_is_legible() {
    var random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      var units = new ArrayList<Character>();
      for (int i = random.nextInt(20); i >= 0; i--) {
        units.add((char) (random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x10000)));
      }
      var text = new StringBuilder();
      units.forEach(text::append);
      assertThatNoException().isThrownBy(() -> read(text.toString()));
    }
  }
}
