package rondo.s3.form;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rondo.s3.access.S3Store;
import rondo.s3.auth.FormSignatures;
import rondo.s3.auth.Identity;
import rondo.s3.auth.SignedRequest;
import rondo.s3.error.PercentCoding;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.object.NewObject;
import rondo.s3.object.PutObject;
import rondo.s3.object.TagReader;
import rondo.s3.request.EncodedWords;
import rondo.s3.request.RequestSender;
import rondo.s3.request.ResourceAddress;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.xml.Tagging;
import rondo.s3.xml.Xml;

/**
 * POST Object: stores the file of a browser's form like any other object, with the form's fields in
 * the place of headers. A form without a policy is treated as an unsigned PutObject. Thread-safe.
 */
public final class PostObject {
  /** The characters of a header's name (RFC 9110, section 5.6.2). */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final String METADATA = "x-amz-meta-";

  private final S3Store store;
  private final FormSignatures signatures;
  private final PutObject put;

  public PostObject(S3Store store, FormSignatures signatures, PutObject put) {
    this.store = store;
    this.signatures = signatures;
    this.put = put;
  }

  public S3Response answer(S3Request request) {
    if (request.caller() != null || request.payload().isChunked()) {
      throw S3Exception.notImplemented("A form in a request that is signed itself");
    }
    String boundary = PostForm.boundary(request.header("content-type"));
    long bodyBytes = length(request.header("content-length"));
    // Before the body is awaited: forms to buckets that don't exist cost nothing.
    store.named(request);
    PostForm form = PostForm.read(request.body(), boundary);
    String key = key(form);
    Identity signer = signatures.verify(form::field);
    PostPolicy policy = signer == null ? null : policy(request, form, key);
    FormFile file =
        FormFile.of(
            form,
            request.body(),
            bodyBytes - form.headBytes(),
            boundary,
            policy == null ? bytes -> {} : bytes -> policy.checkLength(bytes, bytes));
    if (policy != null) {
      policy.checkLength(file.mostBytes() - file.data().uncertainBytes(), file.mostBytes());
    }
    var wire =
        new SignedRequest("POST", request.wire().rawPath(), "", headers(form, file.mostBytes()));
    S3Response stored =
        put.answer(
            new S3Request(
                wire,
                new ResourceAddress(request.bucket(), key),
                request.query(),
                RequestSender.trusted(signer),
                file.data(),
                request.arrival(),
                request.noted()));
    return answer(request, form, key, stored);
  }

  private static PostPolicy policy(S3Request request, PostForm form, String key) {
    var judged = new HashMap<>(form.fields());
    judged.put("bucket", request.bucket());
    judged.put("key", key);
    PostPolicy policy = PostPolicy.read(form.field("policy", ""));
    policy.check(judged, request.received());
    return policy;
  }

  private static long length(@Nullable String header) {
    if (header == null || !header.strip().matches("[0-9]{1,18}")) {
      throw new S3Exception(S3Error.MISSING_CONTENT_LENGTH);
    }
    return Long.parseLong(header.strip());
  }

  private static String key(PostForm form) {
    String given = form.field("key", "");
    if (given.isEmpty()) {
      throw S3Exception.argument(
          "key",
          "",
          "Bucket POST must contain a field named 'key'.  If it is specified, please"
              + " check the order of the fields.");
    }
    String key = named(given, form.fileName());
    ResourceAddress.checkKey(key);
    return key;
  }

  private static String named(String key, @Nullable String fileName) {
    if (fileName == null) {
      return key;
    }
    // Old browsers send the file's whole path.
    int slash = Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\'));
    return key.replace("${filename}", fileName.substring(slash + 1));
  }

  private static List<Map.Entry<String, String>> headers(PostForm form, long fileBytes) {
    var headers = new ArrayList<Map.Entry<String, String>>();
    headers.add(Map.entry("content-length", Long.toString(fileBytes)));
    form.fields()
        .forEach((name, value) -> {
          if (name.equals("acl")) {
            headers.add(Map.entry("x-amz-acl", value));
          } else if (name.equals("tagging")) {
            headers.add(Map.entry("x-amz-tagging", tags(value)));
          } else if (name.startsWith(METADATA)) {
            // A form's metadata is taken as it is: S3 decodes no words in it.
            headers.add(Map.entry(checked(name), EncodedWords.kept(utf8(value))));
          } else if (isHeader(name)) {
            headers.add(Map.entry(checked(name), latin1(value)));
          }
        });
    return headers;
  }

  private static boolean isHeader(String name) {
    return name.startsWith("x-amz-") || NewObject.KEPT.stream().anyMatch(name::equalsIgnoreCase);
  }

  private static String checked(String name) {
    if (!TOKEN.matcher(name).matches()) {
      throw S3Exception.argument("name", name, "A field's name can't be a header's.");
    }
    return name;
  }

  /** Headers have one character per byte. */
  private static String utf8(String value) {
    return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** S3 has a space where a header of ISO 8859-1 can't have the character. */
  private static String latin1(String value) {
    var text = new StringBuilder();
    value.codePoints().forEach(c -> text.append(c > 0xFF ? ' ' : (char) c));
    return text.toString();
  }

  /** Tags as a header has them; a document of another kind names none. */
  private static String tags(String document) {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    if (!Xml.tree(bytes).name().equals("Tagging")) {
      return "";
    }
    return TagReader.ofDocument(Xml.read(bytes, Tagging.class), TagReader.MOST_OF_OBJECT).stream()
        .map(tag -> encode(tag.getName()) + "=" + encode(tag.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return PercentCoding.encode(text.getBytes(StandardCharsets.UTF_8), false);
  }

  /** What the answer to PutObject says beside the ETag: version, checksum, encryption and so on. */
  private static Map<String, String> told(S3Response stored) {
    return stored.headers().stream()
        .filter(header -> header.getKey().startsWith("x-amz-"))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
  }

  private static S3Response answer(
      S3Request request, PostForm form, String key, S3Response stored) {
    String etag = "";
    for (Map.Entry<String, String> header : stored.headers()) {
      if (header.getKey().equalsIgnoreCase("etag")) {
        etag = header.getValue();
      }
    }
    String redirect = form.field("success_action_redirect", form.field("redirect", ""));
    if (redirect.matches("https?://[\\x21-\\x7e]+")) {
      String location =
          "%s%sbucket=%s&key=%s&etag=%s"
              .formatted(
                  redirect,
                  redirect.indexOf('?') < 0 ? "?" : "&",
                  encode(request.bucket()),
                  encode(key),
                  encode(etag));
      return S3Response.of(303)
          .headers(told(stored))
          .header("Location", location)
          .header("ETag", etag);
    }
    String location = location(request, key);
    String wanted = form.field("success_action_status", "");
    S3Response answer =
        S3Response.of(wanted.equals("200") ? 200 : wanted.equals("201") ? 201 : 204)
            .headers(told(stored))
            .header("Location", location)
            .header("ETag", etag);
    if (!wanted.equals("201")) {
      return answer;
    }
    byte[] document = Xml.writePlain(new PostResponse(location, request.bucket(), key, etag));
    return answer
        .header("Content-Type", "application/xml")
        .with(new S3Response.Content.Bytes(Buffer.buffer(document)));
  }

  /** The object's URL, in the style in which the client has named the bucket. */
  private static String location(S3Request request, String key) {
    String path = request.wire().rawPath();
    return request.origin()
        + (path.endsWith("/") ? path : path + "/")
        + PercentCoding.encode(key.getBytes(StandardCharsets.UTF_8), true);
  }
}
