package rondo.s3.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import rondo.s3.error.RefusedRequest;
import rondo.s3.error.S3Exception;
import rondo.s3.xml.XmlText;

/** Writes a refusal as S3's error document, or as S3 Control's. Pure. */
final class RefusalDocument {
  private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

  private RefusalDocument() {}

  /** The document that says what went wrong. */
  static byte[] document(S3Exception refusal, RefusedRequest request, String id, String node) {
    var error = new LinkedHashMap<String, String>();
    error.put("Code", refusal.error().code());
    error.put("Message", refusal.message());
    error.putAll(request.details(refusal));
    var ids = new LinkedHashMap<String, String>();
    ids.put("RequestId", id);
    ids.put("HostId", CommonHeaders.host(node));
    String text =
        request.control()
            ? "<ErrorResponse><Error>"
                + elements(error)
                + "</Error>"
                + elements(ids)
                + "</ErrorResponse>"
            : "<Error>" + elements(error) + elements(ids) + "</Error>";
    return (HEAD + text).getBytes(StandardCharsets.UTF_8);
  }

  private static String elements(Map<String, String> elements) {
    var text = new StringBuilder();
    elements.forEach((name, value) -> {
      text.append('<').append(name).append('>');
      escape(value, text);
      text.append("</").append(name).append('>');
    });
    return text.toString();
  }

  private static void escape(String value, StringBuilder text) {
    XmlText.legible(value)
        .chars()
        .forEach(c -> {
          switch (c) {
            case '&' -> text.append("&amp;");
            case '<' -> text.append("&lt;");
            case '>' -> text.append("&gt;");
            case '\r' -> text.append("&#13;");
            default -> text.append((char) c);
          }
        });
  }
}
