package rondo.s3.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

final class XmlElementTest {
  private static final String RULE =
      """
      <?xml version='1.0'?><!-- c -->
      <L xmlns='http://s3.amazonaws.com/doc/2006-03-01/'><Rule a='b'>
        <ID>a&amp;<![CDATA[<b>]]></ID> <Days> 1 </Days>
      </Rule><Rule/></L>
      """;

  private static XmlElement read(String text) {
    return Xml.tree(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void malformed(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.MALFORMED_XML));
  }

  @Test
  void a_tree_has_the_elements_of_its_document() {
    XmlElement root = read(RULE);
    assertThat(root.name()).isEqualTo("L");
    assertThat(root.all("Rule")).hasSize(2);
    assertThat(root.all("Rule").getFirst().text("ID")).isEqualTo("a&<b>");
    assertThat(root.all("Rule").getFirst().text("Days")).isEqualTo(" 1 ");
    assertThat(root.all("Rule").getLast().one("ID")).isNull();
  }

  @Test
  void an_element_is_there_once_and_has_none_but_its_children() {
    XmlElement root = read(RULE);
    malformed(() -> root.one("Rule"));
    malformed(() -> root.checkChildren(Set.of("ID")));
    malformed(() -> read("<a><b><c/></b></a>").text("b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "<a>",
        "<a><b></a>",
        "<a/><b/>",
        "<a>text<b/></a>",
        "<a>&undeclared;</a>",
        "<a b=\"&undeclared;\"/>",
        "<a>\u0001</a>",
        "<a>&#0;</a>",
        "<a><b:c/></a>",
        "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
        "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>"
      })
  void an_ill_formed_document_is_refused(String text) {
    malformed(() -> read(text));
  }

  @Test
  void deep_nesting_is_refused() {
    malformed(() -> read("<a>".repeat(100_000) + "</a>".repeat(100_000)));
  }

  @Test
  void any_input_gives_a_tree_or_malformed_xml() {
    byte[] whole = RULE.getBytes(StandardCharsets.UTF_8);
    var random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      byte[] some = java.util.Arrays.copyOf(whole, random.nextInt(whole.length) + 1);
      some[random.nextInt(some.length)] = (byte) random.nextInt(256);
      try {
        assertThat(Xml.tree(some).name()).isNotEmpty();
      } catch (S3Exception refused) {
        assertThat(refused.error()).isEqualTo(S3Error.MALFORMED_XML);
      }
    }
  }
}
