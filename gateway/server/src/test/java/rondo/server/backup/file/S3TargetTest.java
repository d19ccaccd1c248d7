package rondo.server.backup.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs against an endpoint that fails in each of the ways of endpoints. */
final class S3TargetTest {
  private static final byte[] BYTES = "some bytes".getBytes(UTF_8);

  private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();

  /** What the next requests get in place of an answer: a status, and S3's code. */
  private final ConcurrentLinkedQueue<Map.Entry<Integer, String>> faults =
      new ConcurrentLinkedQueue<>();

  private HttpServer server;
  private S3Target target;
  private int pageSize = 1000;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    target = S3Target.of("s3://backups/p", access("key"));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private S3Access access(String key) {
    String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
    return new S3Access(endpoint, "", key, "secret", "");
  }

  @Test
  void files_are_objects_under_the_prefix() {
    target.write("backups/one/rows", BYTES);
    target.write("backups/two/rows", BYTES);
    assertThat(objects.keySet()).containsExactly("p/backups/one/rows", "p/backups/two/rows");
    assertThat(target.read("backups/one/rows")).isEqualTo(BYTES);
    assertThat(target.read("backups/three/rows")).isNull();
    assertThat(target.folders("backups")).containsExactly("one", "two");
    assertThat(target.find("backups/o"))
        .containsExactly(new BackupTarget.Stored("backups/one/rows", BYTES.length));
  }

  @Test
  void a_listing_of_many_pages_is_read_to_its_end() {
    pageSize = 2;
    for (int i = 0; i < 7; i++) {
      target.write("chunks/" + i, BYTES);
    }
    assertThat(target.find("chunks/")).hasSize(7);
  }

  @Test
  void a_listing_that_never_ends_is_refused() {
    pageSize = 0;
    target.write("chunks/0", BYTES);
    fails(() -> target.find("chunks/"), "the same page of a listing");
  }

  @Test
  void what_may_pass_is_tried_again() {
    faults.addAll(List.of(Map.entry(503, "SlowDown"), Map.entry(500, "InternalError")));
    target.write("one", BYTES);
    faults.add(Map.entry(200, "cut"));
    assertThat(target.read("one")).isEqualTo(BYTES);
  }

  @Test
  void what_stays_wrong_is_said_in_a_sentence() {
    for (int i = 0; i < 5; i++) {
      faults.add(Map.entry(507, "XMinioStorageFull"));
    }
    fails(() -> target.write("one", BYTES), "answers 507 XMinioStorageFull");
    fault(403, "AccessDenied", "the access key may not");
    fault(403, "SignatureDoesNotMatch", "its credentials are wrong");
    fault(404, "NoSuchBucket", "make it first");
    fault(403, "QuotaExceeded", "it is full");
    fault(301, "PermanentRedirect", "answers 301 PermanentRedirect");
    faults.add(Map.entry(200, "html"));
    fails(() -> target.find("chunks/"), "answers a listing with something else");
    faults.add(Map.entry(404, ""));
    fails(() -> target.read("one"), "answers 404");
    assertThat(objects).isEmpty();
  }

  private void fault(int status, String code, String sentence) {
    faults.add(Map.entry(status, code));
    fails(() -> target.write("one", BYTES), sentence);
  }

  @Test
  void an_endpoint_that_has_vanished_is_said() {
    stop();
    fails(() -> target.write("one", BYTES), "the S3 endpoint http://127.0.0.1");
  }

  @Test
  void a_place_that_is_none_is_refused() {
    fails(() -> S3Target.of("s3:///p", access("key")), "s3://BUCKET/PREFIX");
    fails(() -> S3Target.of("s3://backups", S3Access.NONE), "needs an access key");
    var ftp = new S3Access("ftp://x", "", "key", "secret", "");
    fails(() -> S3Target.of("s3://backups", ftp), "an endpoint is an address");
    var odd = new S3Access("http://a b", "", "key", "secret", "");
    fails(() -> S3Target.of("s3://backups", odd), "no address of an endpoint");
    assertThat(access("key").toString()).doesNotContain("secret");
  }

  private static void fails(ThrowingCallable work, String sentence) {
    assertThatThrownBy(work).isInstanceOf(BackupException.class).hasMessageContaining(sentence);
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Map.Entry<Integer, String> fault = faults.poll();
    String path = exchange.getRequestURI().getPath();
    String query = exchange.getRequestURI().getQuery();
    String key = path.substring(Math.min(path.length(), "/backups/".length()));
    if (fault != null) {
      fail(exchange, fault);
    } else if (exchange.getRequestMethod().equals("PUT")) {
      objects.put(key, body);
      send(exchange, 200, "");
    } else if (query != null) {
      send(exchange, 200, page(query));
    } else if (objects.containsKey(key)) {
      send(exchange, 200, new String(objects.get(key), UTF_8));
    } else {
      send(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>");
    }
  }

  private static void fail(HttpExchange exchange, Map.Entry<Integer, String> fault)
      throws IOException {
    if (fault.getValue().equals("cut")) {
      exchange.sendResponseHeaders(200, 100);
      exchange.getResponseBody().write(BYTES);
      exchange.getResponseBody().flush();
      // The connection ends before the length that was told.
      exchange.close();
    } else {
      send(exchange, fault.getKey(), "<Error><Code>" + fault.getValue() + "</Code></Error>");
    }
  }

  /** The page of a listing; of pages without anything, the same one again and again. */
  private String page(String query) {
    var words = new TreeMap<String, String>();
    for (String word : query.split("&", -1)) {
      words.put(word.replaceAll("=.*", ""), word.replaceAll("^[^=]*=", ""));
    }
    String prefix = words.getOrDefault("prefix", "");
    boolean grouped = words.containsKey("delimiter");
    int from = Integer.parseInt(words.getOrDefault("continuation-token", "0"));
    List<String> lines =
        objects.entrySet().stream()
            .filter(it -> it.getKey().startsWith(prefix))
            .map(it -> grouped ? group(it.getKey(), prefix) : line(it))
            .distinct()
            .toList();
    int end = Math.min(lines.size(), from + pageSize);
    return "<ListBucketResult>%s<IsTruncated>%s</IsTruncated>%s</ListBucketResult>"
        .formatted(
            String.join("", lines.subList(from, end)),
            end < lines.size(),
            "<NextContinuationToken>" + end + "</NextContinuationToken>");
  }

  private static String group(String key, String prefix) {
    String folder = key.substring(0, key.indexOf('/', prefix.length()) + 1);
    return "<CommonPrefixes><Prefix>" + folder + "</Prefix></CommonPrefixes>";
  }

  private static String line(Map.Entry<String, byte[]> object) {
    return "<Contents><Key>%s</Key><Size>%d</Size></Contents>"
        .formatted(object.getKey(), object.getValue().length);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
