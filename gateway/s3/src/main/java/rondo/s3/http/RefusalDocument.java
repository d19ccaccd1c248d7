package rondo.s3.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import rondo.s3.error.RefusedRequest;
import rondo.s3.error.S3Exception;
import rondo.s3.xml.XmlText;

/** S3's error documents. Pure. */
final class RefusalDocument {
  private RefusalDocument() {}

  /** The document that says what went wrong. */
  static byte[] document(S3Exception refusal, RefusedRequest request, String id, String node) {
    var elements = new LinkedHashMap<String, String>();
    elements.put("Code", refusal.error().code());
    elements.put("Message", refusal.message());
    elements.putAll(request.details(refusal));
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
