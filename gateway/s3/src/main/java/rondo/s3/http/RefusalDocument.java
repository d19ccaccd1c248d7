package rondo.s3.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import rondo.s3.error.S3Exception;

/** Writes a refusal as S3's error document. Pure. */
final class RefusalDocument {
  private RefusalDocument() {}

  /**
   * The {@code Error} document of a refusal, in UTF-8.
   *
   * @param resource the request's path
   */
  static byte[] document(S3Exception refusal, String resource, String id, String node) {
    var elements = new LinkedHashMap<String, String>();
    elements.put("Code", refusal.error().code());
    elements.put("Message", refusal.message());
    elements.putAll(refusal.details());
    elements.putIfAbsent("Resource", resource);
    elements.put("RequestId", id);
    elements.put("HostId", CommonHeaders.host(node));
    var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>");
    for (Map.Entry<String, String> element : elements.entrySet()) {
      text.append('<').append(element.getKey()).append('>');
      escape(element.getValue(), text);
      text.append("</").append(element.getKey()).append('>');
    }
    return text.append("</Error>").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void escape(String value, StringBuilder text) {
    value
        .codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> text.append("&amp;");
            case '<' -> text.append("&lt;");
            case '>' -> text.append("&gt;");
            case '\t', '\n' -> text.append((char) c);
            case '\r' -> text.append("&#13;");
            default -> text.appendCodePoint(isXml(c) ? c : 0xFFFD);
          }
        });
  }

  /** Whether XML 1.0 can carry the code point (section 2.2). */
  private static boolean isXml(int c) {
    return (c >= 0x20 && c < 0xD800) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
  }
}
