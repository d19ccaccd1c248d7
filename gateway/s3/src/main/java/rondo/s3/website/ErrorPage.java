package rondo.s3.website;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.s3.error.RefusedRequest;
import rondo.s3.error.S3Exception;
import rondo.s3.request.ResourceAddress;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;

/** A refusal as a browser shows it. Pure. */
final class ErrorPage {
  private static final Map<Integer, String> PHRASES =
      Map.of(
          304, "Not Modified",
          400, "Bad Request",
          403, "Forbidden",
          404, "Not Found",
          405, "Method Not Allowed",
          412, "Precondition Failed",
          416, "Requested Range Not Satisfiable",
          500, "Internal Server Error",
          503, "Service Unavailable");

  private ErrorPage() {}

  /**
   * @param custom why the bucket's own error document can't be shown; null where there is none
   * @param host the node, in the form that S3 gives its hosts
   */
  static S3Response of(
      S3Exception refusal, @Nullable S3Exception custom, S3Request request, String host) {
    int status = refusal.error().status();
    S3Response answer = S3Response.of(status);
    refusal.headers().forEach(answer::header);
    if (status == 304) {
      return answer;
    }
    String title = status + " " + PHRASES.getOrDefault(status, "Error");
    ResourceAddress address = request.address();
    var asked = new RefusedRequest(request.method(), address.bucket(), address.key(), null);
    var facts = new LinkedHashMap<>(facts(asked, refusal));
    facts.put("RequestId", request.id());
    facts.put("HostId", host);
    var page = new StringBuilder("<html>\n<head><title>" + title + "</title></head>\n<body>\n");
    page.append("<h1>").append(title).append("</h1>\n");
    list(facts, page);
    if (custom != null) {
      page.append("<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document");
      page.append("</h3>\n");
      list(facts(asked, custom), page);
    }
    page.append("<hr/>\n</body>\n</html>\n");
    return answer
        .header("x-amz-error-code", refusal.error().code())
        .header("x-amz-error-message", refusal.message())
        .header("Content-Type", "text/html; charset=utf-8")
        .with(
            new S3Response.Content.Bytes(
                Buffer.buffer(page.toString().getBytes(StandardCharsets.UTF_8))));
  }

  private static Map<String, String> facts(RefusedRequest asked, S3Exception refusal) {
    var facts = new LinkedHashMap<String, String>();
    facts.put("Code", refusal.error().code());
    facts.put("Message", refusal.message());
    facts.putAll(asked.details(refusal));
    return facts;
  }

  private static void list(Map<String, String> facts, StringBuilder page) {
    page.append("<ul>\n");
    facts.forEach((name, value) ->
        page.append("<li>").append(name).append(": ").append(escaped(value)).append("</li>\n"));
    page.append("</ul>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&#34;")
        .replace("'", "&#39;");
  }
}
