package rondo.s3.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

final class XmlTest {
  private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

  @Test
  void the_root_has_the_namespace_and_its_children_have_none() {
    var tags = new Tagging(new TagSet(List.of(new Tag("k", "v"), new Tag("a<b", "\r&\u0001"))));
    assertThat(new String(Xml.write(tags), StandardCharsets.UTF_8))
        .isEqualTo(
            DECLARATION
                + "<Tagging xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><TagSet>"
                + "<Tag><Key>k</Key><Value>v</Value></Tag>"
                + "<Tag><Key>a&lt;b</Key><Value>&#xd;&amp;\uFFFD</Value></Tag>"
                + "</TagSet></Tagging>");
  }

  @Test
  void elements_stand_in_the_order_of_the_components_and_lists_have_no_wrapper() {
    var result =
        new DeleteResult(
            List.of(
                new DeleteResult.Deleted("b", null, null, null),
                new DeleteResult.Deleted("a", "null", null, null)),
            List.of(new DeleteResult.Failure("c", null, "AccessDenied", "no")));
    assertThat(new String(Xml.write(result), StandardCharsets.UTF_8))
        .endsWith(
            "><Deleted><Key>b</Key></Deleted><Deleted><Key>a</Key><VersionId>null</VersionId>"
                + "</Deleted><Error><Key>c</Key><Code>AccessDenied</Code><Message>no</Message>"
                + "</Error></DeleteResult>");
  }

  /** A document with elements of two kinds. */
  record Mixed(String name, List<Tag> other, @JsonUnwrapped ElementSequence both) {}

  @Test
  void elements_of_several_kinds_stand_in_one_order() {
    var one = new Tag("a", "1");
    var two = new Owner("b", null);
    var mixed = new Mixed("n", List.of(one), new ElementSequence(List.of(one, two, one)));
    String tag = "<Key>a</Key><Value>1</Value></Tag>";
    assertThat(new String(Xml.write(mixed), StandardCharsets.UTF_8))
        .endsWith(
            "<Name>n</Name><Other>"
                + tag.replace("</Tag>", "</Other>")
                + "<Tag>"
                + tag
                + "<Owner><ID>b</ID></Owner><Tag>"
                + tag
                + "</Mixed>");
    var none = new Mixed("n", List.of(), new ElementSequence(List.of()));
    assertThat(new String(Xml.write(none), StandardCharsets.UTF_8))
        .endsWith("><Name>n</Name></Mixed>");
  }

  @Test
  void an_empty_document_is_its_root() {
    assertThat(
            new String(Xml.write(new DeleteResult(List.of(), List.of())), StandardCharsets.UTF_8))
        .isEqualTo(
            DECLARATION + "<DeleteResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"/>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Delete><Quiet>true</Quiet><Object><Key>a b</Key></Object><Object><Key>c</Key>"
            + "<VersionId>null</VersionId><ETag>\"x\"</ETag></Object></Delete>",
        "<?xml version='1.0'?><Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">\n"
            + " <Object>\n  <Key>a b</Key>\n </Object>\n <Object><Key>c</Key>"
            + "<VersionId>null</VersionId><ETag>&quot;x&quot;</ETag></Object><Quiet>true</Quiet>\n"
            + "</Delete>",
        "<d:Delete xmlns:d='http://s3.amazonaws.com/doc/2006-03-01/'><d:Object><d:Key>a"
            + " b</d:Key></d:Object><d:Object>"
            + "<d:Key>c</d:Key><d:VersionId>null</d:VersionId><d:ETag>\"x\"</d:ETag></d:Object>"
            + "<d:Quiet>true</d:Quiet></d:Delete>"
      })
  void documents_are_read_with_a_namespace_or_without(String text) {
    assertThat(read(text))
        .isEqualTo(
            new Delete(
                true,
                List.of(
                    new Delete.Item("a b", null, null, null, null),
                    new Delete.Item("c", "null", "\"x\"", null, null))));
  }

  @Test
  void documents_of_another_namespace_are_refused() {
    assertThatThrownBy(
            () -> read("<Delete xmlns='urn:other'><Object><Key>k</Key></Object></Delete>"))
        .isInstanceOf(S3Exception.class);
  }

  @Test
  void one_item_is_a_list_too_and_spaces_in_text_are_kept() {
    assertThat(read("<Delete><Object><Key> k </Key></Object></Delete>"))
        .isEqualTo(new Delete(null, List.of(new Delete.Item(" k ", null, null, null, null))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "<Delete>",
        "<Delete><Object></Delete>",
        "<!DOCTYPE Delete [<!ENTITY a \"b\">]><Delete><Object><Key>&a;</Key></Object></Delete>",
        "<!DOCTYPE Delete SYSTEM \"file:///etc/passwd\"><Delete/>",
        "<Delete><Object><Key>&undeclared;</Key></Object></Delete>",
        "<Delete><Object><Key>k</Key></Object></Delete><Delete/>",
        "<Delete><Quiet>maybe</Quiet></Delete>",
        "<Delete><Object>text</Object></Delete>"
      })
  void a_document_of_another_shape_is_refused(String text) {
    assertMalformed(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_document_type_is_refused_in_every_encoding() {
    String bomb = "<!DOCTYPE Delete [<!ENTITY a \"b\">]><Delete><Quiet>&a;</Quiet></Delete>";
    assertMalformed(("\uFEFF" + bomb).getBytes(StandardCharsets.UTF_16BE));
    assertMalformed(("\uFEFF" + bomb).getBytes(StandardCharsets.UTF_16LE));
  }

  @Test
  void deep_nesting_is_refused() {
    assertMalformed(
        ("<Delete>" + "<a>".repeat(5_000) + "</a>".repeat(5_000) + "</Delete>")
            .getBytes(StandardCharsets.UTF_8));
  }

  private static Delete read(String text) {
    return Xml.read(text.getBytes(StandardCharsets.UTF_8), Delete.class);
  }

  private static void assertMalformed(byte[] document) {
    assertThatThrownBy(() -> Xml.read(document, Delete.class))
        .isInstanceOf(S3Exception.class)
        .extracting(e -> ((S3Exception) e).error())
        .isEqualTo(S3Error.MALFORMED_XML);
  }
}
