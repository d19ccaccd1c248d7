package rondo.server.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import rondo.s3.auth.RequestSigner;
import rondo.s3.auth.SignedRequest;
import rondo.s3.error.PercentCoding;

/**
 * Fills a bucket with small objects, one by one, and deletes all but some of them, a hundred at a
 * time, through all endpoints at once and without retries. Prints the rate, the time of the slowest
 * request, and the number of failures; lists the bucket in between. Run by hand against a cluster
 * with {@code --shard-rows}. Arguments: endpoints, access key, secret, keys, keys that stay,
 * clients.
 */
final class HowShardsGrow {
  private static final String BUCKET = "wide";
  private static final int DELETED_AT_ONCE = 100;
  private static final byte[] BODY = "0123456789".repeat(15).getBytes(StandardCharsets.UTF_8);
  private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");
  private static final Pattern NEXT =
      Pattern.compile("<NextContinuationToken>([^<]*)</NextContinuationToken>");

  private final List<URI> endpoints;
  private final RequestSigner signer;
  private final int clients;
  private final AtomicLong failed = new AtomicLong();

  private HowShardsGrow(List<URI> endpoints, RequestSigner signer, int clients) {
    this.endpoints = endpoints;
    this.signer = signer;
    this.clients = clients;
  }

  public static void main(String[] arguments) throws Exception {
    var endpoints = Arrays.stream(arguments[0].split(",", -1)).map(URI::create).toList();
    var signer = new RequestSigner(arguments[1], arguments[2], "us-east-1");
    int keys = Integer.parseInt(arguments[3]);
    int left = Integer.parseInt(arguments[4]);
    var run = new HowShardsGrow(endpoints, signer, Integer.parseInt(arguments[5]));
    try (var client = new Client(endpoints.getFirst(), signer)) {
      client.ask("PUT", "", "", new byte[0]);
    }
    run.all("put", 1, 0, keys);
    run.list(keys, 0);
    run.all("delete", DELETED_AT_ONCE, left, keys);
    run.list(left, 0);
    System.out.printf("failed requests: %d%n", run.failed.get());
  }

  /** The names follow no order, so that every shard grows. */
  private static String name(int n) {
    return "%08x/%d".formatted(n * 0x9E3779B1, n);
  }

  /** Puts or deletes a range of keys, some per request, while another thread lists. */
  private void all(String what, int atOnce, int from, int to) throws InterruptedException {
    var next = new AtomicInteger(from);
    long[] micros = new long[Math.ceilDiv(to - from, atOnce)];
    long start = System.nanoTime();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < clients; i++) {
      var endpoint = endpoints.get(i % endpoints.size());
      threads.add(Thread.ofVirtual().start(() -> work(endpoint, next, atOnce, from, to, micros)));
    }
    var lister = Thread.ofVirtual().start(() -> listWhile(next, to));
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    lister.join();
    Arrays.sort(micros);
    System.out.printf(
        "%s %d: %.0f s, %.0f a second; median %d us, 99%% %d us, 99.99%% %d us, slowest %d us%n",
        what,
        to - from,
        seconds,
        (to - from) / seconds,
        micros[micros.length / 2],
        micros[(int) (micros.length * 0.99)],
        micros[(int) (micros.length * 0.9999)],
        micros[micros.length - 1]);
  }

  private void work(URI endpoint, AtomicInteger next, int atOnce, int from, int to, long[] micros) {
    try (var client = new Client(endpoint, signer)) {
      for (int n = next.getAndAdd(atOnce); n < to; n = next.getAndAdd(atOnce)) {
        long start = System.nanoTime();
        Answer answer =
            atOnce == 1
                ? client.ask("PUT", name(n), "", BODY)
                : client.ask("POST", "", "delete=", deletion(n, Math.min(n + atOnce, to)));
        micros[(n - from) / atOnce] = (System.nanoTime() - start) / 1000;
        check(answer, name(n));
        if ((n - from) % 100_000 == 0) {
          System.out.printf("  %d%n", n);
        }
      }
    } catch (IOException e) {
      failed.incrementAndGet();
      System.out.println("failed: " + e);
    }
  }

  private static byte[] deletion(int from, int to) {
    var body = new StringBuilder("<Delete><Quiet>true</Quiet>");
    for (int n = from; n < to; n++) {
      body.append("<Object><Key>").append(name(n)).append("</Key></Object>");
    }
    return body.append("</Delete>").toString().getBytes(StandardCharsets.UTF_8);
  }

  private void check(Answer answer, String what) {
    if (answer.status() / 100 != 2 || answer.body().contains("<Error>")) {
      failed.incrementAndGet();
      System.out.printf("%s %d: %s%n", what, answer.status(), answer.body());
    }
  }

  private void listWhile(AtomicInteger next, int to) {
    int turn = 0;
    while (next.get() < to) {
      list(-1, ++turn % endpoints.size());
    }
  }

  /**
   * Lists all keys.
   *
   * @param expected the number of keys that have to be there; -1 for any number
   */
  private void list(int expected, int endpoint) {
    long start = System.nanoTime();
    int pages = 0;
    int found = 0;
    String last = "";
    String token = "";
    try (var client = new Client(endpoints.get(endpoint), signer)) {
      while (true) {
        String query =
            (token.isEmpty() ? "" : "continuation-token=" + encode(token) + "&") + "list-type=2";
        Answer page = client.ask("GET", "", query, new byte[0]);
        check(page, "list");
        pages++;
        Matcher keys = KEY.matcher(page.body());
        while (keys.find()) {
          if (keys.group(1).compareTo(last) <= 0) {
            failed.incrementAndGet();
            System.out.println("out of order: " + last + " then " + keys.group(1));
          }
          last = keys.group(1);
          found++;
        }
        Matcher more = NEXT.matcher(page.body());
        if (!more.find()) {
          break;
        }
        token = more.group(1);
      }
    } catch (IOException e) {
      failed.incrementAndGet();
      System.out.println("failed: " + e);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (expected >= 0) {
      System.out.printf("listed %d of %d, %d pages in %.1f s%n", found, expected, pages, seconds);
      if (found != expected) {
        failed.incrementAndGet();
      }
    }
  }

  private static String encode(String text) {
    return PercentCoding.encode(text.getBytes(StandardCharsets.UTF_8), false);
  }

  private record Answer(int status, String body) {}

  /** One connection. */
  private static final class Client implements AutoCloseable {
    private final URI endpoint;
    private final RequestSigner signer;
    private final Socket socket;
    private final BufferedInputStream in;

    Client(URI endpoint, RequestSigner signer) throws IOException {
      this.endpoint = endpoint;
      this.signer = signer;
      this.socket = new Socket(endpoint.getHost(), endpoint.getPort());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(60_000);
      this.in = new BufferedInputStream(socket.getInputStream());
    }

    Answer ask(String method, String key, String query, byte[] body) throws IOException {
      String path = "/" + BUCKET + (key.isEmpty() ? "" : "/" + key);
      var host = Map.entry("host", endpoint.getHost() + ":" + endpoint.getPort());
      var request = new SignedRequest(method, path, query, List.of(host));
      var head = new StringBuilder(method + " " + path + (query.isEmpty() ? "" : "?" + query));
      head.append(" HTTP/1.1\r\nhost: ").append(host.getValue()).append("\r\n");
      for (var header : signer.sign(request, RequestSigner.UNSIGNED_PAYLOAD, Instant.now())) {
        if (!header.getKey().equals("host")) {
          head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
      }
      head.append("content-md5: ").append(md5(body)).append("\r\n");
      head.append("content-length: ").append(body.length).append("\r\n\r\n");
      var bytes = new ByteArrayOutputStream();
      bytes.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
      bytes.writeBytes(body);
      socket.getOutputStream().write(bytes.toByteArray());
      return answer();
    }

    private static String md5(byte[] body) {
      return Base64.getEncoder().encodeToString(DigestUtils.md5(body));
    }

    private Answer answer() throws IOException {
      int status = Integer.parseInt(line().split(" ", 3)[1]);
      int length = 0;
      boolean chunked = false;
      for (String line = line(); !line.isEmpty(); line = line()) {
        String lower = line.toLowerCase(java.util.Locale.ROOT);
        if (lower.startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(15).strip());
        }
        chunked |= lower.startsWith("transfer-encoding:");
      }
      return new Answer(status, chunked ? chunks() : text(length));
    }

    private String chunks() throws IOException {
      var text = new StringBuilder();
      while (true) {
        int length = Integer.parseInt(line(), 16);
        text.append(text(length));
        line();
        if (length == 0) {
          return text.toString();
        }
      }
    }

    private String text(int length) throws IOException {
      return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
      var line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new EOFException("the connection was closed");
        }
        if (c != '\r') {
          line.append((char) c);
        }
      }
      return line.toString();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
