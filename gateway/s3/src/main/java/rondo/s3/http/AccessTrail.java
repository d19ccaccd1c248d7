package rondo.s3.http;

import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.SignedRequest;
import rondo.s3.error.S3Exception;
import rondo.s3.logging.AccessEntry;
import rondo.s3.logging.AccessRecorder;
import rondo.s3.logging.LogLine;
import rondo.s3.request.QueryParameters;
import rondo.s3.request.RequestArrival;
import rondo.s3.request.RequestSender;
import rondo.s3.request.ResourceAddress;
import rondo.s3.request.S3Request;

/**
 * Makes the line of each request in the node's own access log, of those too that were refused
 * before they could be read. Does nothing while no such log is wanted. Thread-safe.
 *
 * @param owners the canonical id of a bucket's owner, by the bucket's name
 */
record AccessTrail(
    AccessRecorder recorder, GatewaySettings settings, Function<@Nullable String, String> owners) {
  private static final ResourceAddress NOTHING = new ResourceAddress(null, null);

  /** A request has ended, whatever became of it. */
  void ended(HttpServerRequest request, RequestLog log, String id) {
    if (recorder.isOn()) {
      S3Request known = log.request();
      S3Request asked = known == null ? unknown(request, id) : known;
      String owner = known == null ? "-" : owners.apply(known.address().bucket());
      note(request, asked, log, owner);
    }
  }

  /** A request was refused before it was read. */
  void refused(HttpServerRequest request, String id, S3Exception refusal) {
    if (recorder.isOn()) {
      var log = new RequestLog();
      log.refused(refusal.error().code());
      request.response().setStatusCode(refusal.error().status());
      note(request, unknown(request, id), log, "-");
    }
  }

  private void note(HttpServerRequest request, S3Request asked, RequestLog log, String owner) {
    var headers = new HashMap<String, String>();
    for (Map.Entry<String, String> header : request.response().headers()) {
      headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue());
    }
    var entry =
        new AccessEntry(
            asked,
            log.operation(),
            request.response().getStatusCode(),
            log.errorCode(),
            request.response().bytesWritten(),
            LoggedSize.of(asked, headers),
            log.durations(),
            headers.getOrDefault("x-amz-version-id", ""));
    recorder.note(LogLine.of(entry, owner, settings.node()));
  }

  /** A request of which only the head is known, and not who sent it. */
  private S3Request unknown(HttpServerRequest request, String id) {
    var client = RequestHeadReader.client(request, settings.listener().proxies());
    SignedRequest wire = wire(request);
    return new S3Request(
        wire,
        address(wire),
        new QueryParameters(""),
        RequestSender.ANONYMOUS,
        () -> null,
        new RequestArrival(id, Instant.now(), client));
  }

  private ResourceAddress address(SignedRequest wire) {
    try {
      return ResourceAddress.of(wire.rawPath(), wire.header("host"), settings.domains().buckets());
    } catch (S3Exception unreadable) {
      return NOTHING;
    }
  }

  private static SignedRequest wire(HttpServerRequest request) {
    try {
      return RequestHeadReader.read(request);
    } catch (S3Exception unreadable) {
      String query = Objects.requireNonNullElse(request.query(), "");
      return new SignedRequest(request.method().name(), "/", query, List.of());
    }
  }
}
