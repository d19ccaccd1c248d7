package rondo.server.bench;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.regex.Pattern;
import rondo.s3.error.PercentCoding;

/** The operations of one driver. Each follows from the operation's number alone. */
final class BenchOperations {
  private static final int MAX_REMEMBERED = 10_000;
  private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>([^<]+)</UploadId>");

  private final BenchPlan plan;
  private final S3Client client;
  private final ObjectContent content;

  /** The numbers of new objects that a mixed workload may delete. */
  private final ArrayDeque<Long> written = new ArrayDeque<>();

  BenchOperations(BenchPlan plan, S3Client client, ObjectContent content) {
    this.plan = plan;
    this.client = client;
    this.content = content;
  }

  /** Runs an operation; returns the bytes of data that it moved. */
  Future<Long> run(OperationKind kind, long number) {
    return switch (kind) {
      case PUT -> plan.requests().overwrite() ? store(stored(number)) : put(number);
      case GET -> get(stored(number));
      case LIST -> list(stored(number));
      case DELETE ->
          plan.workload().onlyDeletes() ? delete(plan.data().stored(), number) : deleteOne();
      case MULTIPART -> multipart(plan.data().fresh().key(number), body(number));
    };
  }

  /** Writes one of the objects that exist before the measurement. */
  Future<Long> store(long number) {
    ObjectContent.Body body = body(number);
    return client.put(plan.data().stored().key(number), "", body).map(body.sizeBytes());
  }

  /** Makes the bucket, unless it is there. */
  Future<Void> makeBucket() {
    return client
        .send(HttpMethod.HEAD, "", "", new S3Client.Reading.Count())
        .recover(absent -> client.send(HttpMethod.PUT, "", "", new S3Client.Reading.Keep()))
        .mapEmpty();
  }

  private long stored(long number) {
    return Long.remainderUnsigned(KeyLayout.mix(~number), plan.data().objects());
  }

  private ObjectContent.Body body(long number) {
    return content.of(number, plan.data().sizes().pick(KeyLayout.mix(number + 1)));
  }

  private Future<Long> put(long number) {
    ObjectContent.Body body = body(number);
    if (written.size() < MAX_REMEMBERED) {
      written.add(number);
    }
    return client.put(plan.data().fresh().key(number), "", body).map(body.sizeBytes());
  }

  private Future<Long> get(long number) {
    S3Client.Reading reading =
        plan.requests().verify()
            ? new S3Client.Reading.Verify(body(number))
            : new S3Client.Reading.Count();
    return client
        .send(HttpMethod.GET, plan.data().stored().key(number), "", reading)
        .map(S3Client.Answer::sizeBytes);
  }

  private Future<Long> list(long number) {
    String prefix = encode(plan.data().stored().prefix(number));
    return client
        .send(
            HttpMethod.GET,
            "",
            "list-type=2&max-keys=1000&prefix=" + prefix,
            new S3Client.Reading.Count())
        .map(S3Client.Answer::sizeBytes);
  }

  private Future<Long> deleteOne() {
    Long number = written.poll();
    return delete(plan.data().fresh(), number == null ? 0 : number);
  }

  private Future<Long> delete(KeyLayout layout, long number) {
    return client
        .send(HttpMethod.DELETE, layout.key(number), "", new S3Client.Reading.Keep())
        .map(0L);
  }

  private Future<Long> multipart(String key, ObjectContent.Body body) {
    return client
        .post(key, "uploads", "")
        .compose(created -> {
          var id = UPLOAD_ID.matcher(created.text());
          return id.find()
              ? parts(key, encode(id.group(1)), body, 1, new StringBuilder())
              : Future.failedFuture(new FailedRequestException("no UploadId in the answer"));
        })
        .map(body.sizeBytes());
  }

  private Future<S3Client.Answer> parts(
      String key, String uploadId, ObjectContent.Body body, int part, StringBuilder done) {
    long offset = (part - 1) * plan.requests().partSizeBytes();
    if (offset >= body.sizeBytes() && part > 1) {
      return client.post(
          key,
          "uploadId=" + uploadId,
          "<CompleteMultipartUpload>" + done + "</CompleteMultipartUpload>");
    }
    long length = Math.min(plan.requests().partSizeBytes(), body.sizeBytes() - offset);
    return client
        .put(key, "partNumber=" + part + "&uploadId=" + uploadId, body.slice(offset, length))
        .compose(answer -> {
          done.append("<Part><PartNumber>").append(part).append("</PartNumber><ETag>");
          done.append(answer.etag().replace("\"", "&quot;")).append("</ETag></Part>");
          return parts(key, uploadId, body, part + 1, done);
        });
  }

  private static String encode(String text) {
    return PercentCoding.encode(text.getBytes(StandardCharsets.UTF_8), false);
  }
}
