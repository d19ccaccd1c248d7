package rondo.s3.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import rondo.ring.value.Bytes;
import rondo.s3.auth.AuthSettings;
import rondo.s3.auth.RequestSigner;
import rondo.s3.auth.SignedRequest;

/** A client over a plain socket: sends bytes, signed or not, and reads answers. */
final class RawClient {
  static final String ACCESS_KEY = "AKIATESTTESTTESTTEST";
  static final String SECRET = "a-secret-of-tests-that-nobody-uses-elsewhere";

  private static final int PATIENCE_MILLIS = 20_000;

  private final int port;
  private final RequestSigner signer;

  int port() {
    return port;
  }

  RawClient(int port) {
    this(port, new RequestSigner(ACCESS_KEY, SECRET, "us-east-1"));
  }

  RawClient(int port, RequestSigner signer) {
    this.port = port;
    this.signer = signer;
  }

  /** A client of the admin API, as root. */
  static RawClient ofAdmin(int port) {
    return new RawClient(
        port, new RequestSigner(ACCESS_KEY, SECRET, "us-east-1", AuthSettings.ADMIN));
  }

  record Answer(int status, Map<String, String> headers, Bytes body) {
    String text() {
      return body.utf8();
    }
  }

  Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /** A signed request's head and body. */
  byte[] signed(String method, String path, byte[] body, String... headers) {
    byte[] head = head(method, path, sha256(body), body.length, headers);
    return join(head, body);
  }

  /** The head of a signed request. */
  byte[] head(String method, String path, String payload, long length, String... headers) {
    var fields = new ArrayList<Map.Entry<String, String>>();
    fields.add(Map.entry("host", "localhost:" + port));
    for (int i = 0; i < headers.length; i += 2) {
      fields.add(Map.entry(headers[i], headers[i + 1]));
    }
    if (method.equals("PUT") || method.equals("POST")) {
      fields.add(Map.entry("content-length", Long.toString(length)));
    }
    int mark = path.indexOf('?');
    String rawPath = mark < 0 ? path : path.substring(0, mark);
    String query = mark < 0 ? "" : path.substring(mark + 1);
    var request = new SignedRequest(method, rawPath, query, fields);
    var text = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    signer
        .sign(request, payload, Instant.now())
        .forEach(h -> text.append(h.getKey()).append(": ").append(h.getValue()).append("\r\n"));
    return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Sends a request without a signature. */
  Answer unsigned(String method, String path, byte[] body, String... headers) throws IOException {
    var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    if (!Arrays.asList(headers).contains("host")) {
      head.append("host: localhost:").append(port).append("\r\n");
    }
    head.append("content-length: ").append(body.length).append("\r\n");
    for (int i = 0; i < headers.length; i += 2) {
      head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    return exchange(
        join(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1), body));
  }

  Answer send(String method, String path, byte[] body, String... headers) throws IOException {
    return exchange(signed(method, path, body, headers));
  }

  Answer get(String path, String... headers) throws IOException {
    return send("GET", path, new byte[0], headers);
  }

  /** Sends the bytes on a new connection and reads one answer. */
  Answer exchange(byte[] request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request);
      return read(socket.getInputStream());
    }
  }

  static Answer read(InputStream in) throws IOException {
    List<String> head = List.of(head(in).split("\r\n", -1));
    int status = Integer.parseInt(head.getFirst().split(" ", -1)[1]);
    var headers = new java.util.TreeMap<String, String>();
    for (String line : head.subList(1, head.size())) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Answer(
        status, headers, Bytes.wrap(status == 304 ? new byte[0] : in.readNBytes(length)));
  }

  private static String head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (true) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed after " + head.toString(StandardCharsets.ISO_8859_1));
      }
      head.write(next);
      String text = head.toString(StandardCharsets.ISO_8859_1);
      if (next == '\n' && text.endsWith("\r\n\r\n")) {
        return text;
      }
    }
  }

  static byte[] join(byte[] one, byte[] two) {
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }

  static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
