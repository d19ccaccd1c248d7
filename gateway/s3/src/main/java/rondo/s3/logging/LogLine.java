package rondo.s3.logging;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import rondo.s3.error.PercentCoding;
import rondo.s3.request.Operation;
import rondo.s3.request.Operation.BucketOperation;
import rondo.s3.request.Operation.ObjectOperation;
import rondo.s3.request.Operation.OtherOperation;
import rondo.s3.request.Operation.UploadOperation;
import rondo.s3.request.S3Request;

/**
 * Formats an entry as S3 does: 26 fields with a space between them, a dash for an unknown one
 * ("Amazon S3 server access log format", user guide). Pure.
 */
public final class LogLine {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("'['dd/MMM/yyyy:HH:mm:ss Z']'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private LogLine() {}

  /**
   * The line of an entry, with its newline.
   *
   * @param bucketOwner its canonical id; a dash where it isn't known
   * @param host name of the node in answers
   */
  public static String of(AccessEntry entry, String bucketOwner, String host) {
    S3Request request = entry.request();
    var line = new StringJoiner(" ", "", "\n");
    line.add(bucketOwner)
        .add(known(plain(request.address().bucket()).replace(' ', '_')))
        .add(TIME.format(request.received()))
        .add(known(request.client().address()))
        .add(request.caller() == null ? "-" : request.caller().accountId())
        .add(request.id())
        .add(operation(entry.operation(), request))
        .add(key(request.address().key()))
        .add(quoted(uri(request)))
        .add(Integer.toString(entry.status()))
        .add(known(entry.errorCode()))
        .add(entry.bytesSent() == 0 ? "-" : Long.toString(entry.bytesSent()))
        .add(entry.objectSizeBytes() < 0 ? "-" : Long.toString(entry.objectSizeBytes()))
        .add(Long.toString(entry.durations().totalMillis()))
        .add(Long.toString(entry.durations().turnAroundMillis()))
        .add(quoted(request.header("referer")))
        .add(quoted(request.header("user-agent")))
        .add(known(entry.version()))
        .add(known(host))
        .add(signature(request))
        .add("-")
        .add(authentication(request))
        .add(known(plain(request.header("host"))))
        .add(known(request.client().tls()))
        .add("-")
        .add(request.noted().aclRequired() ? "Yes" : "-");
    return line.toString();
  }

  private static String known(@Nullable String text) {
    return text == null || text.isEmpty() ? "-" : text;
  }

  /** The key, percent-encoded twice, so that it can't hold the log's own separators. */
  private static String key(@Nullable String key) {
    return key == null
        ? "-"
        : PercentCoding.encode(key.getBytes(StandardCharsets.UTF_8), true).replace("%", "%25");
  }

  private static String uri(S3Request request) {
    String query = request.wire().rawQuery();
    return request.method()
        + " "
        + request.wire().rawPath()
        + (query.isEmpty() ? "" : "?" + withoutSignature(query))
        + " HTTP/1.1";
  }

  /** The query without its signature, so that a reader of the log can't send the request again. */
  private static String withoutSignature(String query) {
    return query.replaceAll("(?i)((?:^|&)(?:x-amz-)?(?:signature|security-token)=)[^&]*", "$1-");
  }

  private static String quoted(@Nullable String text) {
    return text == null || text.isEmpty() ? "\"-\"" : '"' + plain(text) + '"';
  }

  /** The text without characters that would end the field or the line. */
  private static String plain(@Nullable String text) {
    return text == null ? "" : text.replaceAll("[\"\\\\\\x00-\\x1F\\x7F]", "_");
  }

  private static String signature(S3Request request) {
    if (request.caller() == null) {
      return "-";
    }
    String header = request.header("authorization");
    boolean old =
        header == null
            ? request.query().has("AWSAccessKeyId")
            : header.stripLeading().startsWith("AWS ");
    return old ? "SigV2" : "SigV4";
  }

  private static String authentication(S3Request request) {
    if (request.caller() == null) {
      return "-";
    }
    return request.header("authorization") == null ? "QueryString" : "AuthHeader";
  }

  static String operation(Operation operation, S3Request request) {
    return switch (operation) {
      case ObjectOperation.COPY_OBJECT -> "REST.COPY.OBJECT";
      case ObjectOperation.RENAME_OBJECT -> "REST.RENAME.OBJECT";
      case UploadOperation.UPLOAD_PART_COPY -> "REST.COPY.PART";
      case UploadOperation.UPLOAD_PART -> "REST.PUT.PART";
      case UploadOperation.CREATE_MULTIPART_UPLOAD -> "REST.POST.UPLOADS";
      case UploadOperation.COMPLETE_MULTIPART_UPLOAD -> "REST.POST.UPLOAD";
      case UploadOperation.ABORT_MULTIPART_UPLOAD -> "REST.DELETE.UPLOAD";
      case UploadOperation.LIST_PARTS -> "REST.GET.UPLOAD";
      case UploadOperation.LIST_MULTIPART_UPLOADS -> "REST.GET.UPLOADS";
      case BucketOperation.LIST_OBJECT_VERSIONS -> "REST.GET.BUCKETVERSIONS";
      case ObjectOperation.DELETE_OBJECTS -> "REST.POST.MULTI_OBJECT_DELETE";
      case OtherOperation.WEBSITE -> "WEBSITE." + request.method() + ".OBJECT";
      case OtherOperation.OPTIONS_OBJECT -> "REST.OPTIONS.PREFLIGHT";
      default -> "REST." + request.method() + "." + resource(operation, request);
    };
  }

  /** The sub-resource that the operation is named after, else OBJECT or BUCKET. */
  private static String resource(Operation operation, S3Request request) {
    boolean object = request.address().key() != null;
    for (String name : request.query().names()) {
      String word = name.toUpperCase(Locale.ROOT);
      if (!word.isEmpty() && operation.name().replace("_", "").contains(word.replace("-", ""))) {
        return object ? "OBJECT_" + word : word;
      }
    }
    return object ? "OBJECT" : "BUCKET";
  }
}
