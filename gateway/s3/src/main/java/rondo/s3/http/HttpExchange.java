package rondo.s3.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.placement.NotServingException;
import rondo.s3.admission.RequestMemory;
import rondo.s3.auth.SignedRequest;
import rondo.s3.error.ConsistencyHeaders;
import rondo.s3.error.RefusedRequest;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.framing.RequestDecoder;
import rondo.s3.request.RequestArrival;
import rondo.s3.request.S3Response;
import rondo.s3.xml.Xml;
import rondo.storage.folder.DiskFullException;
import rondo.store.blob.BlobUnavailableException;
import rondo.store.blob.StorageFullException;
import rondo.store.row.RefusalException;

/** One request and its answer, on a virtual thread of its own. */
final class HttpExchange {
  private static final Logger log = LoggerFactory.getLogger(HttpExchange.class);

  private final GatewaySettings settings;
  private final S3Service service;
  private final WriteBuffers buffers;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final ClientBody body;
  private final RequestMemory memory;
  private final String id;
  private final RequestLog requestLog;
  private final AccessTrail trail;
  private RefusedRequest refusable;

  /** Made on the event loop. */
  HttpExchange(
      GatewaySettings settings,
      S3Service service,
      WriteBuffers buffers,
      HttpServerRequest request,
      ClientBody body,
      RequestMemory memory,
      String id,
      RequestLog requestLog) {
    this.settings = settings;
    this.service = service;
    this.buffers = buffers;
    this.request = request;
    this.response = request.response();
    this.body = body;
    this.memory = memory;
    this.id = id;
    this.requestLog = requestLog;
    this.trail = service.accessTrail();
    this.refusable = RefusedRequest.unread(request.method().name());
    // A client that leaves is no news, and the write that it broke tells whoever waits for it.
    response.exceptionHandler(gone -> {});
  }

  /**
   * The outermost frame of a request. An unforeseen exception of the operation becomes
   * InternalError in {@link #answer(SignedRequest, SignedRequest)}; one while the answer is written
   * closes the connection.
   */
  void run() {
    try {
      S3Response answer = affordable(answer());
      requestLog.answered();
      answer.header("Server-Timing", requestLog.timing());
      requestLog.audit(answer.status());
      write(answer);
      note(answer);
    } catch (ClientGoneException gone) {
      requestLog.brokeOff();
      request.connection().close();
    } catch (RefusalException | BlobUnavailableException late) {
      refuseLate(late);
    } catch (RuntimeException | Error defect) {
      log.error("request {}: {} {}", id, request.method(), request.path(), defect);
      requestLog.brokeOff();
      request.connection().close();
    } finally {
      if (!response.ended()) {
        memory.close();
      }
      service.ended(
          requestLog.ended(
              id,
              request.method() + " " + request.path(),
              response.getStatusCode(),
              body.receivedBytes(),
              response.bytesWritten()));
      trail.ended(request, requestLog, id);
    }
  }

  /** The answer, or SlowDown when there is no memory for sending it. */
  private S3Response affordable(S3Response answer) {
    long needed =
        switch (answer.content()) {
          case S3Response.Content.Stream(long lengthBytes, var writer) ->
              ClientSink.needs(lengthBytes);
          case S3Response.Content.Bytes(Buffer bytes) -> bytes.length() - RequestMemory.BASE_BYTES;
          default -> 0;
        };
    return needed <= 0 || memory.draw(needed)
        ? answer
        : refusal(new S3Exception(S3Error.SLOW_DOWN));
  }

  private void note(S3Response answer) {
    var headers = new HashMap<String, String>();
    response.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    service.note(requestLog, answer.status(), headers, response.bytesWritten());
  }

  /**
   * A stream broke. If nothing of the answer has been sent, a refusal goes out; else the client
   * learns it from the closed connection.
   */
  private void refuseLate(RuntimeException late) {
    log.info(
        "request {}: {} {} broke off: {}", id, request.method(), request.path(), late.getMessage());
    if (response.headWritten()) {
      requestLog.brokeOff();
      request.connection().close();
    } else {
      response.headers().clear();
      write(refusal(new S3Exception(S3Error.SERVICE_UNAVAILABLE)));
    }
  }

  private S3Response answer() {
    try {
      SignedRequest sent = RequestHeadReader.read(request);
      SignedRequest wire = service.front().head(sent);
      refusable = service.refusable(wire);
      S3Response answer = answer(sent, wire);
      answer.headers(service.headers(wire, answer.status(), requestLog.errorCode()));
      return answer.header(ConsistencyHeaders.SESSION, requestLog.token(answer.status()));
    } catch (S3Exception refusal) {
      return refusal(refusal);
    }
  }

  private S3Response answer(SignedRequest sent, SignedRequest wire) {
    try {
      return service.answer(
          sent,
          wire,
          body,
          new RequestArrival(
              id, Instant.now(), RequestHeadReader.client(request, settings.listener().proxies())),
          requestLog,
          memory);
    } catch (RefusalException refused) {
      S3Exception refusal = S3Exception.of(refused);
      return refusal(settings.compat() ? CompatErrors.of(refusal) : refusal);
    } catch (StorageFullException full) {
      return refusal(new S3Exception(S3Error.STORAGE_FULL));
    } catch (BlobUnavailableException unavailable) {
      return refusal(new S3Exception(S3Error.SERVICE_UNAVAILABLE));
    } catch (NotServingException no) {
      return refusal(new S3Exception(S3Error.SERVICE_UNAVAILABLE, String.valueOf(no.getMessage())));
    } catch (DiskFullException full) {
      // Another node may have room, and this one when something else has left its disk.
      return refusal(
          new S3Exception(
              S3Error.SERVICE_UNAVAILABLE, "This node's disk is full to the last byte."));
    } catch (RuntimeException | Error defect) {
      log.error("request {}: {} {}", id, request.method(), request.path(), defect);
      return refusal(new S3Exception(S3Error.INTERNAL_ERROR));
    }
  }

  private S3Response refusal(S3Exception refusal) {
    requestLog.refused(refusal.error().code());
    int status = refusal.error().status();
    S3Response answer = S3Response.of(status);
    refusal.headers().forEach(answer::header);
    CommonHeaders.retryAfter(refusal).forEach(answer::header);
    if (status == 304) {
      return answer;
    }
    byte[] document = RefusalDocument.document(refusal, refusable, id, settings.node());
    return answer
        .header("Content-Type", "application/xml")
        .with(new S3Response.Content.Bytes(Buffer.buffer(document)));
  }

  private void write(S3Response answer) {
    boolean reusable = body.leavesConnectionUsable() && !isLast();
    CommonHeaders.put(response, settings, id);
    response.setStatusCode(answer.status());
    for (Map.Entry<String, String> header : answer.headers()) {
      response.headers().add(header.getKey(), CommonHeaders.withoutControls(header.getValue()));
    }
    if (!requestLog.givesObject(answer.status())) {
      CommonHeaders.forbidSniffing(response);
    }
    service.front().complete(response);
    if (!reusable) {
      RequestDecoder.of(request.connection()).end();
      response.putHeader("Connection", "close");
    }
    switch (answer.content()) {
      case S3Response.Content.None() -> end(Buffer.buffer());
      case S3Response.Content.Bytes(Buffer bytes) -> end(bytes);
      case S3Response.Content.Document(Object root) -> {
        response.putHeader("Content-Type", "application/xml");
        end(Buffer.buffer(Xml.write(root)));
      }
      case S3Response.Content.Stream(long lengthBytes, S3Response.Writer writer) -> {
        response.putHeader("Content-Length", Long.toString(lengthBytes));
        stream(lengthBytes, writer);
        sent(response.end());
      }
    }
    body.discard();
  }

  private void stream(long lengthBytes, S3Response.Writer writer) {
    try (var sink = new ClientSink(request, memory, buffers, lengthBytes)) {
      writer.write(sink);
      sink.flush();
    }
  }

  /**
   * Whether no request behind this one is believed. A proxy may see the end of a chunked body
   * elsewhere (request smuggling), and takes what follows CONNECT for another protocol.
   */
  private boolean isLast() {
    return request.getHeader("Transfer-Encoding") != null
        || HttpMethod.CONNECT.equals(request.method());
  }

  private void end(Buffer whole) {
    sent(HttpMethod.HEAD.equals(request.method()) ? response.end() : response.end(whole));
  }

  /**
   * The answer is on its way. Its memory is held until the client has taken it, or is cut; a
   * connection that has had its last answer is closed then.
   */
  private void sent(Future<Void> ended) {
    memory.waitsForClient(() -> request.connection().close());
    ended.onComplete(done -> {
      memory.close();
      if (RequestDecoder.of(request.connection()).hasEnded()) {
        request.connection().close();
      }
    });
  }
}
