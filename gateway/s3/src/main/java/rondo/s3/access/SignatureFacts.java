package rondo.s3.access;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import rondo.s3.request.S3Request;

/** The signature of a request as values of condition keys. */
record SignatureFacts(S3Request request) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

  @Nullable String value(String key) {
    if (request.caller() == null) {
      return null;
    }
    return switch (key) {
      case "s3:authtype" -> isPresigned() ? "REST-QUERY-STRING" : isForm() ? "POST" : "REST-HEADER";
      case "s3:signatureversion" -> isVersion4() ? "AWS4-HMAC-SHA256" : "AWS";
      case "s3:signatureage" -> age();
      default -> null;
    };
  }

  private boolean isPresigned() {
    return request.query().has("X-Amz-Signature") || request.query().has("Signature");
  }

  /** A form carries its signature in its fields, in either version. */
  private boolean isForm() {
    return request.header("authorization") == null && !isPresigned();
  }

  private boolean isVersion4() {
    String authorization = request.header("authorization");
    return authorization == null
        ? !request.query().has("Signature")
        : authorization.startsWith("AWS4-");
  }

  /** The milliseconds since a presigned request was signed; null for other requests. */
  private @Nullable String age() {
    String signed = request.query().value("X-Amz-Date");
    if (signed == null || !isPresigned()) {
      return null;
    }
    try {
      Instant time = LocalDateTime.parse(signed, TIME).toInstant(ZoneOffset.UTC);
      return Long.toString(Duration.between(time, request.received()).toMillis());
    } catch (DateTimeException noDate) {
      return null;
    }
  }
}
