package rondo.s3.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;
import rondo.s3.auth.Hashes;
import rondo.s3.request.Operation;
import rondo.s3.request.Operation.BucketOperation;
import rondo.s3.request.Operation.ObjectOperation;
import rondo.s3.request.Operation.OtherOperation;
import rondo.s3.request.QueryParameters;
import rondo.s3.request.ResourceAddress;
import rondo.s3.request.Routes;
import rondo.s3.request.TaggedResource;
import rondo.server.boot.NodeProcess;

/**
 * Every operation answers bad input with S3's code and status, has the resource and the request's
 * id in the body, and changes nothing.
 */
@Tag("node")
final class BadInputTest {
  private static final byte[] NOTHING = new byte[0];

  /** The path of S3 Control's operations, whose bucket is named in its rest. */
  private static final String CONTROL = "/v20180820/";

  /** Operations left out: they need no bucket or no signature, or are no requests of the API. */
  private static final Set<Operation> APART =
      Set.of(
          BucketOperation.LIST_BUCKETS,
          OtherOperation.OPTIONS_OBJECT,
          ObjectOperation.POST_OBJECT,
          OtherOperation.WEBSITE,
          OtherOperation.NOT_IMPLEMENTED,
          OtherOperation.UNKNOWN);

  /** The sub-resources of all settings of a bucket. */
  private static final List<String> SETTINGS =
      List.of(
          "versions",
          "acl",
          "cors",
          "encryption",
          "lifecycle",
          "logging",
          "object-lock",
          "ownershipControls",
          "policy",
          "publicAccessBlock",
          "requestPayment",
          "tagging",
          "uploads",
          "versioning",
          "website");

  @TempDir static Path folder;
  private static NodeProcess node;
  private static RawClient client;
  private static String upload;
  private static String elsewhere;
  private static String before;

  /**
   * A valid request.
   *
   * @param body empty for none
   */
  record Good(Operation operation, String method, String path, String body) {
    static Good of(String method, String path, String body) {
      int mark = path.indexOf('?');
      String query = mark < 0 ? "" : path.substring(mark + 1);
      var address = ResourceAddress.of(mark < 0 ? path : path.substring(0, mark), null, List.of());
      boolean copies = path.contains("copy");
      Operation operation =
          path.startsWith(CONTROL)
              ? TaggedResource.operation(method)
              : Routes.of(method, address, new QueryParameters(query), header -> copies);
      return new Good(operation, method, path, body);
    }

    String[] headers(byte[] sent) {
      String md5 = Base64.getEncoder().encodeToString(Hashes.start("MD5").digest(sent));
      return sent.length == 0 ? headers() : headers("content-md5", md5);
    }

    /** The headers that make the request, and those that are given. */
    String[] headers(String... further) {
      return Stream.of(
              further,
              path.startsWith(CONTROL)
                  ? new String[] {"x-amz-account-id", "111122223333"}
                  : new String[0],
              path.contains("copy")
                  ? new String[] {"x-amz-copy-source", "bucket/key"}
                  : new String[0],
              path.contains("renameObject")
                  ? new String[] {"x-amz-rename-source", "key"}
                  : new String[0],
              path.contains("attributes")
                  ? new String[] {"x-amz-object-attributes", "ETag"}
                  : new String[0])
          .flatMap(Arrays::stream)
          .toArray(String[]::new);
    }
  }

  static List<Good> requests() {
    return GoodRequests.LINES
        .lines()
        .map(line -> line.split(" +", 3))
        .map(line -> Good.of(line[0], line[1], line.length < 3 ? "" : line[2]))
        .toList();
  }

  static List<Good> documents() {
    return requests().stream().filter(good -> good.body().startsWith("<")).toList();
  }

  @BeforeAll
  static void start() throws IOException {
    node = TestNode.start(folder.resolve("data"));
    client = new RawClient(node.s3Port());
    for (String path : List.of("/bucket", "/bucket/key", "/elsewhere")) {
      assertThat(client.send("PUT", path, NOTHING).status()).isEqualTo(200);
    }
    upload = upload("/bucket/key");
    elsewhere = upload("/elsewhere/key");
    before = objects() + settings();
  }

  private static String upload(String path) throws IOException {
    String begun = client.send("POST", path + "?uploads", NOTHING).text();
    return begun.substring(begun.indexOf("<UploadId>") + 10, begun.indexOf("</UploadId>"));
  }

  @AfterAll
  static void stop() throws IOException {
    String after = objects() + settings();
    node.close();
    assertThat(after).isEqualTo(before);
  }

  @AfterEach
  void compare() throws IOException {
    assertThat(before).startsWith(objects());
  }

  private static String objects() throws IOException {
    return anonymized(
        client.get("/bucket?versions").text()
            + client.get("/bucket/key?uploadId=" + upload).text());
  }

  private static String settings() throws IOException {
    var all = new StringBuilder(client.get("/").text());
    for (String name : SETTINGS) {
      all.append(name).append(client.get("/bucket?" + name).text());
    }
    for (String name : List.of("tagging", "acl")) {
      all.append(client.get("/bucket/key?" + name).text());
    }
    all.append(client.get("/elsewhere?versions").text())
        .append(client.get("/elsewhere/key?uploadId=" + elsewhere).text());
    return anonymized(all.toString());
  }

  private static String anonymized(String answers) {
    return answers.replaceAll("<(RequestId|HostId)>[^<]*<", "<$1><");
  }

  private static void assertRefused(RawClient.Answer answer, int status, String... codes) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.text())
        .doesNotContain("<Resource>")
        .contains("<RequestId>" + answer.headers().get("x-amz-request-id") + "</RequestId>")
        .containsAnyOf(
            Stream.of(codes).map(code -> "<Code>" + code + "</Code>").toArray(String[]::new));
  }

  @Test
  void every_operation_is_among_them() {
    Set<Operation> there =
        requests().stream().map(Good::operation).collect(Collectors.toUnmodifiableSet());
    assertThat(there)
        .containsAll(
            Stream.of(Operation.class.getPermittedSubclasses())
                .flatMap(family -> Stream.of(family.getEnumConstants()))
                .map(Operation.class::cast)
                .filter(operation -> !APART.contains(operation))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("requests")
  void an_unsigned_request_is_refused(Good good) throws IOException {
    byte[] body = good.body().getBytes(UTF_8);
    var head = new StringBuilder(good.method() + " " + good.path() + " HTTP/1.1\r\nHost: a\r\n");
    head.append("Content-Length: ").append(body.length).append("\r\n");
    String[] headers = good.headers(body);
    for (int i = 0; i < headers.length; i += 2) {
      head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    byte[] request = RawClient.join(head.append("\r\n").toString().getBytes(ISO_8859_1), body);
    RawClient.Answer answer = client.exchange(request);
    if (good.method().equals("HEAD")) {
      assertThat(answer.status()).isEqualTo(403);
    } else if (good.operation() == ObjectOperation.DELETE_OBJECTS) {
      assertThat(answer.text()).contains("<Code>AccessDenied</Code>").doesNotContain("<Deleted>");
    } else {
      assertRefused(answer, 403, "AccessDenied");
    }
  }

  @ParameterizedTest
  @MethodSource("requests")
  void a_bucket_that_is_not_there_is_told(Good good) throws IOException {
    if (good.operation() == BucketOperation.CREATE_BUCKET) {
      return;
    }
    String path = good.path().replaceFirst("bucket", "no-such-bucket");
    byte[] body = good.body().getBytes(UTF_8);
    RawClient.Answer answer = client.send(good.method(), path, body, good.headers(body));
    if (good.method().equals("HEAD")) {
      assertThat(answer.status()).isEqualTo(404);
    } else {
      assertRefused(answer, 404, "NoSuchBucket");
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void a_malformed_document_changes_nothing(Good good) throws IOException {
    String path = good.path().replace("UPLOAD", upload);
    String root = good.body().substring(0, good.body().indexOf('>') + 1);
    for (String body :
        List.of(
            "no XML",
            root,
            good.body() + "<more/>",
            good.body().replaceFirst("<(\\w+)", "<$1 xmlns=\"urn:other\""),
            "<!DOCTYPE x [<!ENTITY e \"v\">]>" + good.body(),
            good.body().replaceFirst(">", ">&undefined;"),
            good.body().replaceFirst(">", ">\u0000"))) {
      byte[] sent = body.getBytes(UTF_8);
      RawClient.Answer answer = client.send(good.method(), path, sent, good.headers(sent));
      assertThat(answer.status()).as(body).isEqualTo(400);
      assertRefused(answer, 400, "MalformedXML", "MalformedACLError");
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void a_document_that_is_not_what_it_was_said_to_be_changes_nothing(Good good) throws IOException {
    String path = good.path().replace("UPLOAD", upload);
    byte[] body = good.body().getBytes(UTF_8);
    for (var digest :
        Map.of(
                "content-md5=AAAAAAAAAAAAAAAAAAAAAA==", "BadDigest",
                "content-md5=short", "InvalidDigest")
            .entrySet()) {
      String[] headers = good.headers(digest.getKey().split("=", 2));
      assertRefused(client.send(good.method(), path, body, headers), 400, digest.getValue());
    }
  }

  /** Requests with short documents; that of DeleteObjects may have a thousand long keys. */
  static List<Good> shortDocuments() {
    return documents().stream()
        .filter(good -> good.operation() != ObjectOperation.DELETE_OBJECTS)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("shortDocuments")
  void a_document_is_not_taken_at_any_length(Good good) throws IOException {
    String path = good.path().replace("UPLOAD", upload);
    byte[] body = good.body().replaceFirst(">", ">" + " ".repeat(5_000_000)).getBytes(UTF_8);
    assertRefused(
        client.send(good.method(), path, body, good.headers(body)),
        400,
        "MaxMessageLengthExceeded",
        "MalformedXML");
  }

  @ParameterizedTest
  @CsvFileSource(resources = "bad-input.csv", delimiter = '|')
  void a_parameter_or_header_that_makes_no_sense_is_refused(
      String method, String target, String header, int status, String code) throws IOException {
    String path = target.replace("UPLOAD", upload).replace("ELSEWHERE", elsewhere);
    String[] headers = header == null ? new String[0] : headers(header);
    boolean data = method.equals("PUT") && !target.equals("/new-bucket");
    byte[] body = data ? "body".getBytes(UTF_8) : NOTHING;
    assertRefused(client.send(method, path, body, headers), status, code);
  }

  /**
   * Lines of {@code name=value}, one after another; {@code LONG} stands for a value of 4,000 bytes.
   */
  private static String[] headers(String lines) {
    return Stream.of(lines.split(" then ", -1))
        .flatMap(line -> Stream.of(line.replace("LONG", "x".repeat(4_000)).split("=", 2)))
        .toArray(String[]::new);
  }
}
