package rondo.s3.request;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;
import rondo.s3.auth.Identity;
import rondo.s3.auth.PayloadMode;
import rondo.s3.auth.SignedRequest;
import rondo.s3.auth.SigningContext;

/**
 * A request whose signature has been checked.
 *
 * @param wire the request as it was signed and sent
 * @param address the bucket and key that it names
 * @param sender the account that sent it
 * @param arrival its id, time and connection
 * @param noted facts that its log line and its answer need
 */
public record S3Request(
    SignedRequest wire,
    ResourceAddress address,
    QueryParameters query,
    RequestSender sender,
    RequestBody body,
    RequestArrival arrival,
    RequestNotes noted) {

  /** A request about which nothing has been noted yet. */
  public S3Request(
      SignedRequest wire,
      ResourceAddress address,
      QueryParameters query,
      RequestSender sender,
      RequestBody body,
      RequestArrival arrival) {
    this(wire, address, query, sender, body, arrival, new RequestNotes());
  }

  /**
   * The request that a wire and its sender make: of a presigned URL, parameters that stand for
   * headers are among its headers.
   *
   * @throws rondo.s3.error.S3Exception InvalidArgument where both are there and differ
   */
  public static S3Request received(
      SignedRequest wire,
      ResourceAddress address,
      QueryParameters query,
      RequestSender sender,
      RequestBody body,
      RequestArrival arrival) {
    boolean presigned = sender.caller() != null && query.has("X-Amz-Signature");
    SignedRequest meant = presigned ? PresignedHeaders.of(wire, query) : wire;
    return new S3Request(meant, address, query, sender, body, arrival);
  }

  /** The account that signed it; null when it was not signed. */
  public @Nullable Identity caller() {
    return sender.caller();
  }

  /** How its body is signed and framed. */
  public PayloadMode payload() {
    return sender.payload();
  }

  /** The context from which the signatures of the body's chunks derive; null for none. */
  public @Nullable SigningContext signing() {
    return sender.signing();
  }

  /** The request's id in its answer, the log and the error document. */
  public String id() {
    return arrival.id();
  }

  /** The time at which the request's head had arrived. */
  public Instant received() {
    return arrival.time();
  }

  /** The client's end of the connection. */
  public ClientConnection client() {
    return arrival.client();
  }

  public String method() {
    return wire.method();
  }

  /** The bucket's name; the request must name one. */
  public String bucket() {
    return Objects.requireNonNull(address.bucket());
  }

  /** The object's key; the request must name one. */
  public String key() {
    return Objects.requireNonNull(address.key());
  }

  /** The key in UTF-8, by which its row is sorted. */
  public Bytes keyBytes() {
    return Bytes.utf8(key());
  }

  /** The beginning of the URL by which the client reached this service, up to its path. */
  public String origin() {
    return scheme() + "://" + Objects.requireNonNullElse(header("host"), "");
  }

  /** The scheme of the client's connection, to this server or to a trusted proxy in front of it. */
  public String scheme() {
    return client().secure() ? "https" : "http";
  }

  /** A copy of this request without the header of that name. */
  public S3Request without(String name) {
    var head =
        new SignedRequest(
            wire.method(),
            wire.rawPath(),
            wire.rawQuery(),
            wire.headers().stream()
                .filter(header -> !header.getKey().equalsIgnoreCase(name))
                .toList());
    return new S3Request(head, address, query, sender, body, arrival, noted);
  }

  public @Nullable String header(String name) {
    return wire.header(name);
  }

  public List<Map.Entry<String, String>> headers() {
    return wire.headers();
  }
}
