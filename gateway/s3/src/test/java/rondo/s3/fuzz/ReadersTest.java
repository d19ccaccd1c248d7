package rondo.s3.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import rondo.ring.fuzz.Fuzz;
import rondo.ring.value.Bytes;
import rondo.s3.auth.AuthSettings;
import rondo.s3.auth.Authenticator;
import rondo.s3.auth.Identity;
import rondo.s3.auth.PayloadMode;
import rondo.s3.auth.SignedRequest;
import rondo.s3.auth.SigningContext;
import rondo.s3.body.BodyClaims;
import rondo.s3.body.IncomingBody;
import rondo.s3.error.PercentCoding;
import rondo.s3.error.S3Exception;
import rondo.s3.policy.Glob;
import rondo.s3.policy.PolicyException;
import rondo.s3.policy.PolicyReader;
import rondo.s3.request.QueryParameters;
import rondo.s3.request.ResourceAddress;
import rondo.s3.request.Routes;
import rondo.s3.xml.Delete;
import rondo.s3.xml.Tagging;
import rondo.s3.xml.Xml;

/** Readers throw only their documented exceptions, whatever a client sends. */
@Tag("long")
final class ReadersTest {
  private static final Instant NOW = Instant.parse("2026-11-21T05:00:00Z");
  private static final Identity ALICE = new Identity("id", "alice", "", "KEY", "secret");
  private static final String CREDENTIAL = "KEY/20261121/us-east-1/s3/aws4_request";
  private static final String SIGNATURE = "0123456789abcdef".repeat(4);

  private static String text(byte[] input) {
    return new String(input, ISO_8859_1);
  }

  @Test
  void addresses_and_queries_are_read_or_refused() {
    Fuzz.run(
        input -> {
          String uri = text(input);
          int mark = uri.indexOf('?');
          String path = mark < 0 ? uri : uri.substring(0, mark);
          var query = new QueryParameters(mark < 0 ? "" : uri.substring(mark + 1));
          var address = ResourceAddress.of(path, "b.example", List.of("example"));
          Routes.of("GET", ResourceAddress.of(path, null, List.of()), query, name -> false);
          Routes.of("POST", address, query, name -> true);
          query.number("max-keys", 1, 1000);
        },
        S3Exception.class,
        "/bucket/a%20b/%C3%A9?list-type=2&prefix=a%2Fb&max-keys=10",
        "/bucket?uploads&max-keys=99999999999999999999",
        "/b/k?partNumber=1&uploadId=x&versionId=null");
  }

  @Test
  void percent_coding_takes_everything() {
    Fuzz.run(
        input -> PercentCoding.encode(PercentCoding.decode(text(input), true), true),
        S3Exception.class,
        "a%20b+c%2Fd%",
        "%C3%A9%E2%82%AC");
  }

  @Test
  void signatures_are_judged_and_never_thrown() {
    for (boolean compat : new boolean[] {false, true}) {
      var authenticator =
          new Authenticator(
              new AuthSettings("us-east-1", compat), key -> key.equals("KEY") ? ALICE : null);
      Fuzz.run(
          input -> {
            SignedRequest request = request(text(input));
            if (request != null) {
              authenticator.verify(request, NOW);
            }
          },
          IllegalCallerException.class, // No reader throws it.
          head(
              "AWS4-HMAC-SHA256 Credential="
                  + CREDENTIAL
                  + ", SignedHeaders=host;x-amz-date, Signature="
                  + SIGNATURE),
          head("AWS KEY:c2lnbmF0dXJl"),
          "/b/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
              + CREDENTIAL.replace("/", "%2F")
              + "&X-Amz-Date=20261121T050000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature="
              + SIGNATURE
              + "\nhost:a",
          "/b/k?AWSAccessKeyId=KEY&Expires=1795242000&Signature=c2lnbmF0dXJl\nhost:a");
    }
  }

  private static String head(String authorization) {
    return "/b/k?x=1\n"
        + "host:a\n"
        + "x-amz-date:20261121T050000Z\n"
        + "x-amz-content-sha256:UNSIGNED-PAYLOAD\n"
        + "authorization:"
        + authorization;
  }

  /** A request of lines: the first has the target, each further one a header. */
  private static @Nullable SignedRequest request(String text) {
    String[] lines = text.split("\n", -1);
    var headers = new ArrayList<Map.Entry<String, String>>();
    for (String line : List.of(lines).subList(1, lines.length)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.add(Map.entry(line.substring(0, colon), line.substring(colon + 1)));
      }
    }
    int mark = lines[0].indexOf('?');
    String path = mark < 0 ? lines[0] : lines[0].substring(0, mark);
    String query = mark < 0 ? "" : lines[0].substring(mark + 1);
    return path.startsWith("/") ? new SignedRequest("GET", path, query, headers) : null;
  }

  @Test
  void chunked_bodies_are_taken_or_refused() {
    var signing =
        new SigningContext(Bytes.wrap(new byte[] {1}), "20130524T000000Z", "scope", SIGNATURE);
    for (PayloadMode mode :
        List.of(
            new PayloadMode.UnsignedChunks(),
            new PayloadMode.SignedChunks(false),
            new PayloadMode.SignedChunks(true))) {
      var request =
          new SignedRequest(
              "PUT",
              "/b/k",
              "",
              List.of(
                  Map.entry("x-amz-decoded-content-length", "10"),
                  Map.entry("x-amz-trailer", "x-amz-checksum-crc32")));
      Fuzz.run(
          input -> {
            var body = new IncomingBody(BodyClaims.ofData(request, mode, null), signing);
            body.accept(ByteBuffer.wrap(input), slice -> {});
            body.finish();
          },
          S3Exception.class,
          "a\r\n0123456789\r\n0\r\nx-amz-checksum-crc32:poTFJg==\r\n\r\n",
          "a\r\n0123456789\r\n0\r\nx-amz-checksum-crc32:poTFJg==\n\r\n\r\n",
          "a\r\n0123456789\r\n0\r\nx-amz-checksum-crc32:poTFJg==\n\r\nx-amz-trailer-signature:"
              + SIGNATURE
              + "\r\n\r\n",
          "5\r\n01234\r\n5;chunk-signature=" + SIGNATURE + "\r\n56789\r\n0\r\n\r\n",
          "a;chunk-signature="
              + SIGNATURE
              + "\r\n0123456789\r\n0;chunk-signature="
              + SIGNATURE
              + "\r\n\r\n");
    }
  }

  @Test
  void claims_of_a_body_are_taken_or_refused() {
    Fuzz.run(
        input -> {
          SignedRequest request = request(text(input));
          if (request != null) {
            BodyClaims.ofData(request, new PayloadMode.Unsigned(), null);
            BodyClaims.ofDocument(request, new PayloadMode.UnsignedChunks());
          }
        },
        S3Exception.class,
        """
        /b/k
        content-length:10
        x-amz-checksum-crc32:AAAAAA==
        x-amz-sdk-checksum-algorithm:CRC32
        """,
        """
        /b/k
        x-amz-decoded-content-length:10
        x-amz-trailer:x-amz-checksum-sha256
        content-md5:AA==
        """);
  }

  @Test
  void documents_are_read_or_malformed() {
    String tags =
        "<Tagging><TagSet><Tag><Key>a</Key><Value>b&amp;c</Value></Tag></TagSet></Tagging>";
    String delete =
        "<?xml version=\"1.0\"?><Delete"
            + " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Quiet>true</Quiet>"
            + "<Object><Key>k</Key><VersionId>null</VersionId><Size>1</Size></Object></Delete>";
    Fuzz.run(input -> Xml.read(input, Tagging.class), S3Exception.class, tags, delete);
    Fuzz.run(input -> Xml.read(input, Delete.class), S3Exception.class, tags, delete);
    Fuzz.run(Xml::tree, S3Exception.class, tags, delete);
  }

  @Test
  void policies_are_read_or_refused() {
    String policy =
        """
        {"Version": "2012-10-17", "Statement": [{"Sid": "a", "Effect": "Allow", "Principal": {"AWS": "*"},
        "Action": ["s3:Get*", "s3:PutObject"], "Resource": "arn:aws:s3:::b/${aws:username}/*",
        "Condition": {"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "::1/128"]}, "NumericLessThan": {"s3:max-keys": "9"},
        "DateGreaterThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}, "Bool": {"aws:SecureTransport": true}}}]}
        """;
    for (var reader : List.of(PolicyReader.ofResource(id -> true), PolicyReader.ofIdentity())) {
      Fuzz.run(
          input -> reader.read(new String(input, UTF_8)),
          PolicyException.class,
          policy,
          "{\"Statement\":[]}");
    }
  }

  @Test
  void wildcards_are_matched_in_time() {
    String text = "a".repeat(2_000) + "b";
    Fuzz.run(
        input -> Glob.of(text(input), true).matches(text, false, key -> List.of()),
        PolicyException.class,
        "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*c",
        "a?*a?*a?*${aws:x}*${*}*${?}b");
  }
}
