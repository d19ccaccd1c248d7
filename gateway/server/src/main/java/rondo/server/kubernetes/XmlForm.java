package rondo.server.kubernetes;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A configuration of S3 as XML, from the JSON that AWS's own command line takes: a list called
 * {@code Rules} is an element {@code Rule} for each entry.
 */
final class XmlForm {
  private XmlForm() {}

  /** The document with that root. */
  static String of(String root, JsonNode content) {
    var xml = new StringBuilder();
    element(xml, root, content);
    return xml.toString();
  }

  private static void element(StringBuilder xml, String name, JsonNode value) {
    if (value.isArray()) {
      String one = name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
      value.forEach(entry -> element(xml, one, entry));
      return;
    }
    xml.append('<').append(name).append('>');
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        element(xml, field.getKey(), field.getValue());
      }
    } else {
      xml.append(escaped(value.asString("")));
    }
    xml.append("</").append(name).append('>');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
