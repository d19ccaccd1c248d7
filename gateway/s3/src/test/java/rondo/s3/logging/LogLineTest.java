package rondo.s3.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.Logging;
import rondo.s3.auth.Identity;
import rondo.s3.auth.SignedRequest;
import rondo.s3.error.S3Exception;
import rondo.s3.request.ClientConnection;
import rondo.s3.request.Operation;
import rondo.s3.request.Operation.ObjectOperation;
import rondo.s3.request.QueryParameters;
import rondo.s3.request.RequestArrival;
import rondo.s3.request.RequestSender;
import rondo.s3.request.ResourceAddress;
import rondo.s3.request.S3Request;
import rondo.s3.xml.Xml;

final class LogLineTest {
  private static final Instant TIME = Instant.parse("2026-11-21T09:08:07Z");

  private static S3Request request(String method, String key, String query, String agent) {
    return new S3Request(
        new SignedRequest(
            method,
            "/b/" + key,
            query,
            List.of(
                Map.entry("host", "s3.example"),
                Map.entry("authorization", "AWS4-HMAC-SHA256 x"),
                Map.entry("user-agent", agent))),
        new ResourceAddress("b", key.isEmpty() ? null : key),
        new QueryParameters(query),
        RequestSender.trusted(new Identity("alice", "Alice", "", "AK", "secret")),
        () -> null,
        new RequestArrival("ID", TIME, new ClientConnection("10.0.0.1", "TLSv1.3")));
  }

  private static String line(S3Request request, Operation operation) {
    return LogLine.of(
        new AccessEntry(request, operation, 200, "", 5, 9, new AccessEntry.Durations(20, 7), "v1"),
        "owner",
        "host");
  }

  @Test
  void a_line_has_the_fields_of_s3_in_their_order() {
    assertThat(line(request("GET", "a", "versionId=v1", "curl/8"), ObjectOperation.GET_OBJECT))
        .isEqualTo(
            "owner b [21/Nov/2026:09:08:07 +0000] 10.0.0.1 alice ID REST.GET.OBJECT a \"GET"
                + " /b/a?versionId=v1 HTTP/1.1\" 200 - 5 9 20 7 \"-\" \"curl/8\" v1 host SigV4 -"
                + " AuthHeader s3.example TLSv1.3 - -\n");
  }

  @Test
  void a_line_says_whether_it_took_an_acl() {
    S3Request request = request("GET", "a", "", "curl/8");
    request.noted().requiresAcl();
    assertThat(line(request, ObjectOperation.GET_OBJECT)).endsWith(" - Yes\n");
  }

  @Test
  void a_client_can_not_forge_a_line_and_a_line_has_no_signature() {
    S3Request request =
        request("GET", "a b", "X-Amz-Signature=abc&X-Amz-Date=d", "x\" 200\nowner b [");
    String line = line(request, ObjectOperation.GET_OBJECT);
    assertThat(line.lines()).hasSize(1);
    assertThat(line).contains(" a%2520b ").contains("\"x_ 200_owner b [\"").doesNotContain("=abc");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, k, '', PUT_OBJECT, REST.PUT.OBJECT",
    "PUT, k, '', COPY_OBJECT, REST.COPY.OBJECT",
    "PUT, k, uploadId=u&partNumber=1, UPLOAD_PART, REST.PUT.PART",
    "POST, k, uploads, CREATE_MULTIPART_UPLOAD, REST.POST.UPLOADS",
    "GET, k, tagging, GET_OBJECT_TAGGING, REST.GET.OBJECT_TAGGING",
    "GET, '', location, GET_BUCKET_LOCATION, REST.GET.LOCATION",
    "GET, '', list-type=2&prefix=a, LIST_OBJECTS_V2, REST.GET.BUCKET",
    "GET, '', requestPayment, GET_BUCKET_REQUEST_PAYMENT, REST.GET.REQUESTPAYMENT"
  })
  void operations_have_the_names_of_s3(
      String method, String key, String query, String operation, String name) {
    assertThat(LogLine.operation(named(operation), request(method, key, query, "a")))
        .isEqualTo(name);
  }

  private static Operation named(String name) {
    return Stream.of(Operation.class.getPermittedSubclasses())
        .flatMap(family -> Stream.of(family.getEnumConstants()))
        .map(Operation.class::cast)
        .filter(operation -> operation.name().equals(name))
        .findAny()
        .orElseThrow();
  }

  @Test
  void keys_are_simple_or_in_partitions() {
    var source = BucketRow.newBuilder().setOwner("owner").setRegion("r").build();
    var simple = Logging.newBuilder().setTargetPrefix("log/").build();
    Instant event = TIME.minusSeconds(86_400);
    assertThat(LogKey.of("b", source, simple, event, TIME, "U"))
        .isEqualTo("log/2026-11-21-09-08-07-U");
    var byDelivery = simple.toBuilder().setPartitionDate("DeliveryTime").build();
    assertThat(LogKey.of("b", source, byDelivery, event, TIME, "U"))
        .isEqualTo("log/owner/r/b/2026/11/21/2026-11-21-09-08-07-U");
    var byEvent = simple.toBuilder().setPartitionDate("EventTime").build();
    assertThat(LogKey.of("b", source, byEvent, event, TIME, "U"))
        .isEqualTo("log/owner/r/b/2026/11/20/2026-11-20-00-00-00-U");
  }

  private static LoggingDocument.BucketLoggingStatus read(String enabled) {
    String text = "<BucketLoggingStatus>" + enabled + "</BucketLoggingStatus>";
    return Xml.read(text.getBytes(UTF_8), LoggingDocument.BucketLoggingStatus.class);
  }

  @Test
  void settings_are_read_as_they_were_put() {
    String enabled =
        "<LoggingEnabled><TargetBucket>t</TargetBucket><TargetPrefix>p/</TargetPrefix>"
            + "<TargetObjectKeyFormat><PartitionedPrefix><PartitionDateSource>EventTime"
            + "</PartitionDateSource></PartitionedPrefix></TargetObjectKeyFormat></LoggingEnabled>";
    Logging logging = Objects.requireNonNull(LoggingDocument.settings(read(enabled), false));
    assertThat(new String(Xml.write(LoggingDocument.document(logging, false)), UTF_8))
        .contains(enabled);
    assertThat(LoggingDocument.settings(read(""), false)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<LoggingEnabled><TargetBucket>t</TargetBucket></LoggingEnabled>",
        "<LoggingEnabled><TargetPrefix>t</TargetPrefix></LoggingEnabled>",
        "<LoggingEnabled><TargetBucket>t</TargetBucket><TargetPrefix/><TargetObjectKeyFormat>"
            + "<PartitionedPrefix><PartitionDateSource>kaboom</PartitionDateSource>"
            + "</PartitionedPrefix></TargetObjectKeyFormat></LoggingEnabled>"
      })
  void a_document_that_cannot_be_kept_is_refused(String enabled) {
    assertThatThrownBy(() -> LoggingDocument.settings(read(enabled), false))
        .isInstanceOf(S3Exception.class);
  }
}
