package rondo.s3.request;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.store.blob.BlobSink;

/** An answer: a status, headers and at most one kind of body. Built by one thread. */
public final class S3Response {
  /** The body of an answer. */
  public sealed interface Content {
    /** No body. */
    record None() implements Content {}

    /** An XML document, made from a record whose class has the root element's name. */
    record Document(Object root) implements Content {}

    /** Bytes in memory; the answer's headers tell their type. */
    record Bytes(Buffer bytes) implements Content {}

    /** Exactly {@code lengthBytes} bytes, written by {@code writer}. */
    record Stream(long lengthBytes, Writer writer) implements Content {}
  }

  /** Writes a body. */
  @FunctionalInterface
  public interface Writer {
    void write(BlobSink sink);
  }

  private final int status;
  private final List<Map.Entry<String, String>> headers = new ArrayList<>();
  private Content content = new Content.None();

  private S3Response(int status) {
    this.status = status;
  }

  public static S3Response of(int status) {
    return new S3Response(status);
  }

  public static S3Response ok() {
    return of(200);
  }

  public static S3Response document(Object root) {
    return ok().with(new Content.Document(root));
  }

  /** Adds a header, unless the value is null or empty. */
  public S3Response header(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      headers.add(Map.entry(name, value));
    }
    return this;
  }

  /** Adds headers as they are, including empty ones. */
  public S3Response headers(Map<String, String> all) {
    headers.addAll(all.entrySet());
    return this;
  }

  public S3Response with(Content body) {
    this.content = body;
    return this;
  }

  public int status() {
    return status;
  }

  public List<Map.Entry<String, String>> headers() {
    return headers;
  }

  public Content content() {
    return content;
  }
}
