package rondo.s3.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rondo.s3.access.S3Store;
import rondo.s3.acl.AccountDirectory;
import rondo.s3.acl.AclGrants;
import rondo.s3.acl.AclWriter;
import rondo.s3.auth.AuthSettings;
import rondo.s3.auth.FormSignatures;
import rondo.s3.auth.Hashes;
import rondo.s3.auth.Identity;
import rondo.s3.auth.SignedRequest;
import rondo.s3.crypt.MasterKeys;
import rondo.s3.encryption.MasterKeyring;
import rondo.s3.encryption.ServerSideEncryption;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.policy.PolicyReader;
import rondo.s3.proxy.TrustedProxies;
import rondo.s3.request.ClientConnection;
import rondo.s3.request.Operation;
import rondo.s3.request.QueryParameters;
import rondo.s3.request.RequestArrival;
import rondo.s3.request.RequestSender;
import rondo.s3.request.ResourceAddress;
import rondo.s3.request.Routes;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.request.TaggedResource;
import rondo.s3.xml.Xml;
import rondo.store.StoreCluster;
import rondo.store.row.RefusalException;

/**
 * The operations over replicas in memory, without sockets: a bucket of Ann's with an object, a
 * tagged one, a locked one and an upload, and a key of Ann's that may do what a test allows.
 */
final class MemoryGateway {
  private static final String ANN = "a".repeat(64);
  private static final String SECRET = "secret";
  private static final Identity OWNER = new Identity(ANN, "ann", "", "ANNKEY", SECRET);

  private final AtomicReference<Identity> limited = new AtomicReference<>(OWNER);
  private final OperationDispatcher operations;
  private final Map<String, String> words = new LinkedHashMap<>(Map.of("ANN", ANN));

  MemoryGateway() {
    var settings =
        new GatewaySettings(
            new GatewaySettings.Listener("127.0.0.1", 0, null, null, TrustedProxies.NONE),
            "node",
            "us-east-1",
            new GatewaySettings.Domains(List.of(), List.of()),
            false,
            "root",
            new GatewaySettings.Bounds(0, 0),
            Duration.ofSeconds(10));
    var acls = new AclWriter(new AclGrants(false, "root"), new OnlyAnn());
    var keys = MasterKeyring.local(MasterKeys.random());
    var store =
        S3Store.of(
            new StoreCluster().gateway(1), acls, new ServerSideEncryption(keys, false, true));
    var auth = new AuthSettings("us-east-1", false);
    operations =
        new OperationDispatcher(settings, store, new FormSignatures(auth, key -> limited.get()));
    fill();
  }

  private record OnlyAnn() implements AccountDirectory {
    @Override
    public @Nullable String displayName(String accountId) {
      return accountId.equals(ANN) ? "ann" : null;
    }

    @Override
    public @Nullable String accountOfEmail(String email) {
      return null;
    }
  }

  private void fill() {
    answer(
        "PUT",
        "/bucket",
        Map.of(
            "x-amz-bucket-object-lock-enabled", "true",
            "x-amz-object-ownership", "ObjectWriter"),
        "");
    words.put("VERSION", version("/bucket/key", Map.of()));
    words.put("TAGGED", version("/bucket/tagged", Map.of("x-amz-tagging", "t=v")));
    words.put(
        "LOCKED",
        version(
            "/bucket/locked",
            Map.of(
                "x-amz-object-lock-mode", "GOVERNANCE",
                "x-amz-object-lock-retain-until-date", "2050-01-01T00:00:00Z")));
    String begun = text(answer("POST", "/bucket/key?uploads", Map.of(), ""));
    words.put(
        "UPLOAD", begun.substring(begun.indexOf("<UploadId>") + 10, begun.indexOf("</UploadId>")));
  }

  private String version(String path, Map<String, String> headers) {
    return answer("PUT", path, headers, "").headers().stream()
        .filter(header -> header.getKey().equals("x-amz-version-id"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  /** Lets the limited key do these actions, each with its resource, and nothing else. */
  void allow(List<String> actions) {
    String statements =
        actions.stream()
            .map(action -> action.split(" ", 2))
            .map(action ->
                """
                {"Effect": "Allow", "Action": "s3:%s", "Resource": "arn:aws:s3:::%s"}
                """
                    .formatted(action[0], action[1]))
            .collect(Collectors.joining(",", "[", "]"));
    String nothing =
        """
        [{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::elsewhere/*"}]
        """;
    String document = "{\"Statement\": " + (actions.isEmpty() ? nothing : statements) + "}";
    limited.set(
        new Identity(ANN, "ann", "", "KEY", SECRET, PolicyReader.ofIdentity().read(document)));
  }

  /** The operation of such a request. */
  static Operation operation(String method, String target, Map<String, String> headers) {
    SignedRequest wire = wire(method, target, headers, "");
    return TaggedResource.isNamed(wire)
        ? TaggedResource.operation(method)
        : Routes.of(
            method, address(wire), new QueryParameters(wire.rawQuery()), headers::containsKey);
  }

  private static ResourceAddress address(SignedRequest wire) {
    return TaggedResource.isNamed(wire)
        ? TaggedResource.of(wire)
        : ResourceAddress.of(wire.rawPath(), null, List.of());
  }

  private static SignedRequest wire(
      String method, String target, Map<String, String> headers, String body) {
    int mark = target.indexOf('?');
    var all = new ArrayList<Map.Entry<String, String>>();
    all.add(Map.entry("host", "localhost"));
    all.add(Map.entry("content-length", Integer.toString(body.length())));
    String md5 =
        Base64.getEncoder().encodeToString(Hashes.start("MD5").digest(body.getBytes(UTF_8)));
    all.add(Map.entry("content-md5", md5));
    if (target.startsWith("/v20180820/")) {
      all.add(Map.entry("x-amz-account-id", "123456789012"));
    }
    headers.forEach((name, value) -> all.add(Map.entry(name, value)));
    return new SignedRequest(
        method,
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? "" : target.substring(mark + 1),
        all);
  }

  private String filled(String text) {
    String filled = text;
    for (Map.Entry<String, String> word : words.entrySet()) {
      filled = filled.replace(word.getKey(), word.getValue());
    }
    return filled;
  }

  private S3Response answer(
      String method, String target, Map<String, String> headers, String body) {
    return answer(method, target, headers, body, RequestSender.trusted(OWNER));
  }

  private S3Response answer(
      String method,
      String target,
      Map<String, String> headers,
      String body,
      RequestSender sender) {
    SignedRequest wire = wire(method, target, headers, body);
    var pieces = new ArrayDeque<Buffer>();
    pieces.add(Buffer.buffer(body.getBytes(ISO_8859_1)));
    var request =
        new S3Request(
            wire,
            address(wire),
            new QueryParameters(wire.rawQuery()),
            sender,
            pieces::poll,
            new RequestArrival("id", Instant.now(), new ClientConnection("127.0.0.1", null)));
    return operations.answer(operation(method, target, headers), request);
  }

  /** The error that the limited key gets, be it for one of several objects; null for none. */
  @Nullable S3Error refusal(
      String method, String target, Map<String, String> headers, String body) {
    var filled = new LinkedHashMap<String, String>();
    headers.forEach((name, value) -> filled.put(name, filled(value)));
    RequestSender sender = RequestSender.trusted(limited.get());
    return refusal(method, filled(target), filled, filled(body), sender);
  }

  private @Nullable S3Error refusal(
      String method,
      String target,
      Map<String, String> headers,
      String body,
      RequestSender sender) {
    try {
      boolean denied = text(answer(method, target, headers, body, sender)).contains("AccessDenied");
      return denied ? S3Error.ACCESS_DENIED : null;
    } catch (RefusalException refusal) {
      S3Error error = S3Exception.of(refusal).error();
      if (error.status() == 501 || error == S3Error.MALFORMED_XML) {
        throw new IllegalStateException("the request makes no sense: " + error, refusal);
      }
      return error;
    }
  }

  private static String text(S3Response answer) {
    return answer.content() instanceof S3Response.Content.Document(Object root)
        ? new String(Xml.write(root), UTF_8)
        : "";
  }

  /** The error for a form with these fields, signed by the limited key; null for none. */
  @Nullable S3Error refusalOfForm(String target, Map<String, String> fields) {
    var all = new LinkedHashMap<String, String>();
    fields.forEach((name, value) -> all.put(name, filled(value)));
    String day = Instant.now().toString().substring(0, 10).replace("-", "");
    all.put("x-amz-algorithm", "AWS4-HMAC-SHA256");
    all.put("x-amz-credential", "KEY/" + day + "/us-east-1/s3/aws4_request");
    all.put("x-amz-date", day + "T000000Z");
    String conditions =
        all.keySet().stream()
            .map(name -> "[\"starts-with\", \"$" + name + "\", \"\"]")
            .collect(Collectors.joining(","));
    String policy =
        "{\"expiration\": \"2099-01-01T00:00:00.000Z\", \"conditions\": [{\"bucket\": \"bucket\"},"
            + conditions
            + "]}";
    String base64 = Base64.getEncoder().encodeToString(policy.getBytes(UTF_8));
    all.put("policy", base64);
    byte[] key = ("AWS4" + SECRET).getBytes(UTF_8);
    for (String step : List.of(day, "us-east-1", "s3", "aws4_request")) {
      key = Hashes.hmacSha256(key, step.getBytes(UTF_8));
    }
    all.put("x-amz-signature", Hashes.hmacSha256Hex(key, base64));
    all.put("file", "text");
    String body =
        all.entrySet().stream()
                .map(field ->
                    "--xx\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                        .formatted(field.getKey(), field.getValue()))
                .collect(Collectors.joining())
            + "--xx--\r\n";
    return refusal(
        "POST",
        target,
        Map.of("content-type", "multipart/form-data; boundary=xx"),
        body,
        RequestSender.ANONYMOUS);
  }
}
