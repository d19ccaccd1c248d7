package rondo.s3.http;

import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rondo.s3.admission.OperationMemory;
import rondo.s3.admission.RequestMemory;
import rondo.s3.asof.AsOfHeader;
import rondo.s3.auth.Identity;
import rondo.s3.auth.SignedRequest;
import rondo.s3.error.ConsistencyHeaders;
import rondo.s3.error.RefusedRequest;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.head.VirtualHost;
import rondo.s3.logging.AccessEntry;
import rondo.s3.logging.EndedRequest;
import rondo.s3.logging.RequestRecords;
import rondo.s3.request.BucketName;
import rondo.s3.request.Operation;
import rondo.s3.request.Operation.OtherOperation;
import rondo.s3.request.QueryParameters;
import rondo.s3.request.RequestArrival;
import rondo.s3.request.RequestBody;
import rondo.s3.request.RequestSender;
import rondo.s3.request.ResourceAddress;
import rondo.s3.request.Routes;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.request.TaggedResource;
import rondo.store.row.Consistency;
import rondo.store.row.RefusalException;

/** Answers a request: authenticates its sender, finds its operation and runs it. Thread-safe. */
final class S3Service {
  private final GatewaySettings settings;
  private final RequestFront front;
  private final OperationDispatcher operations;
  private final RequestRecords records;

  S3Service(
      GatewaySettings settings,
      RequestFront front,
      OperationDispatcher operations,
      RequestRecords records) {
    this.records = records;
    this.settings = settings;
    this.front = front;
    this.operations = operations;
  }

  RequestFront front() {
    return front;
  }

  /**
   * Answers; blocks.
   *
   * @param sent the request as it was on the wire
   * @param wire it, as S3 is to see it
   * @param memory is charged to the sender's account once that is known
   * @throws RefusalException to answer with, as {@link S3Exception#of} says
   */
  S3Response answer(
      SignedRequest sent,
      SignedRequest wire,
      RequestBody body,
      RequestArrival arrival,
      RequestLog requestLog,
      RequestMemory memory) {
    Instant now = arrival.time();
    ResourceAddress page = page(wire);
    if (page != null && !wire.method().equals("OPTIONS")) {
      var request =
          new S3Request(
              anonymous(wire),
              page,
              new QueryParameters(""),
              RequestSender.ANONYMOUS,
              body,
              arrival);
      charge(request, memory);
      return answered(OtherOperation.WEBSITE, request, requestLog);
    }
    ResourceAddress address = address(wire);
    var query = new QueryParameters(wire.rawQuery());
    boolean preflight = wire.method().equals("OPTIONS");
    RequestSender sender =
        preflight ? RequestSender.ANONYMOUS : RequestSender.of(front.verify(sent, now));
    S3Request request = S3Request.received(wire, address, query, sender, body, arrival);
    charge(request, memory);
    Operation operation =
        TaggedResource.isNamed(wire)
            ? TaggedResource.operation(wire.method())
            : Routes.of(wire.method(), address, query, n -> request.header(n) != null);
    if (!memory.draw(OperationMemory.of(operation))) {
      throw new S3Exception(S3Error.SLOW_DOWN);
    }
    return answered(operation, request, requestLog);
  }

  /** Charges the request to the sender's account, or to the address of a sender without one. */
  private static void charge(S3Request request, RequestMemory memory) {
    Identity caller = request.caller();
    boolean fits =
        memory.charge(
            caller == null
                ? RequestAdmission.address(request.client())
                : "account " + caller.accountId());
    if (!fits) {
      throw new S3Exception(S3Error.SLOW_DOWN);
    }
  }

  private S3Response answered(Operation operation, S3Request request, RequestLog requestLog) {
    requestLog.request(request, operation);
    check(request);
    AsOfHeader.check(operation, request);
    Consistency consistency = consistency(request);
    requestLog.session(consistency.session());
    requestLog.audits(records.audit());
    S3Response response = consistency.during(() -> operations.answer(operation, request));
    return response.header("x-amz-request-charged", request.noted().charged() ? "requester" : null);
  }

  private static Consistency consistency(S3Request request) {
    return ConsistencyHeaders.read(
        request.header(ConsistencyHeaders.LEVEL),
        request.header(ConsistencyHeaders.SESSION),
        Objects.requireNonNullElse(request.address().bucket(), ""),
        !request.method().equals("GET") && !request.method().equals("HEAD"));
  }

  private @Nullable ResourceAddress page(SignedRequest wire) {
    return ResourceAddress.ofWebsite(
        wire.rawPath(), wire.header("host"), settings.domains().websites());
  }

  private ResourceAddress address(SignedRequest wire) {
    if (TaggedResource.isNamed(wire)) {
      return TaggedResource.of(wire);
    }
    ResourceAddress page = page(wire);
    return page == null
        ? ResourceAddress.of(wire.rawPath(), wire.header("host"), settings.domains().buckets())
        : page;
  }

  /** The request without credentials: a website is the same for every sender. */
  private static SignedRequest anonymous(SignedRequest wire) {
    return new SignedRequest(
        wire.method(),
        wire.rawPath(),
        "",
        wire.headers().stream()
            .filter(header -> !header.getKey().equalsIgnoreCase("authorization"))
            .toList());
  }

  /** Hands a finished request to the access log, unless it was refused too early to know it. */
  void note(RequestLog requestLog, int status, Map<String, String> headers, long bytesSent) {
    S3Request request = requestLog.request();
    if (request != null) {
      operations
          .accessLog()
          .note(
              new AccessEntry(
                  request,
                  requestLog.operation(),
                  status,
                  requestLog.errorCode().isEmpty()
                      ? headers.getOrDefault("x-amz-error-code", "")
                      : requestLog.errorCode(),
                  bytesSent,
                  LoggedSize.of(request, headers),
                  requestLog.durations(),
                  headers.getOrDefault("x-amz-version-id", "")));
    }
  }

  /** The node's own access log, of all buckets. */
  AccessTrail accessTrail() {
    return new AccessTrail(records.access(), settings, operations.accessLog()::owner);
  }

  /** Whether it is wanted where this request's time goes. */
  boolean times(HttpServerRequest request) {
    return records.timed() || request.headers().contains("x-rondo-timing");
  }

  /** Tells of a request that has ended, whatever became of it. */
  void ended(EndedRequest request) {
    records.observer().ended(request);
  }

  /** Tells of a request that was refused before it was read. */
  void refused(S3Exception refusal) {
    var requestLog = new RequestLog();
    requestLog.refused(refusal.error().code());
    ended(requestLog.ended("", "", refusal.error().status(), 0, 0));
  }

  /** What goes with an answer, whichever it is; nothing where that can't be told. */
  Map<String, String> headers(SignedRequest wire, int status, String errorCode) {
    var headers = new LinkedHashMap<String, String>();
    String host = wire.header("host");
    String site = VirtualHost.bucket(host, settings.domains().websites());
    try {
      String bucket = site;
      if (site == null) {
        bucket = ResourceAddress.bucket(wire.rawPath(), host, settings.domains().buckets());
        headers.putAll(operations.regionHeader().of(bucket, status, errorCode));
      }
      headers.putAll(operations.corsHeaders().of(wire, bucket));
    } catch (RefusalException unknown) {
      return headers;
    }
    return headers;
  }

  /** The request as a refusal tells of it, as far as it can be read. */
  RefusedRequest refusable(SignedRequest wire) {
    RefusedRequest read = read(wire);
    return TaggedResource.isNamed(wire) ? read.ofControl() : read;
  }

  private RefusedRequest read(SignedRequest wire) {
    try {
      ResourceAddress address = address(wire);
      String uploadId = new QueryParameters(wire.rawQuery()).value("uploadId");
      return new RefusedRequest(wire.method(), address.bucket(), address.key(), uploadId);
    } catch (S3Exception unreadable) {
      return RefusedRequest.unread(wire.method());
    }
  }

  private static void check(S3Request request) {
    String bucket = request.address().bucket();
    if (bucket != null && !BucketName.isValid(bucket)) {
      throw new S3Exception(S3Error.INVALID_BUCKET_NAME);
    }
    if (request.header("transfer-encoding") != null && !request.payload().isChunked()) {
      throw S3Exception.notImplemented("Transfer-Encoding");
    }
  }
}
