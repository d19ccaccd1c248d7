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
 * @param wire as it came
 * @param address the bucket and key that it names
 * @param noted what its log line will say besides
 */
public record S3Request(
    SignedRequest wire,
    ResourceAddress address,
    QueryParameters query,
    RequestSender sender,
    RequestBody body,
    RequestArrival arrival,
    RequestNotes noted) {

  /** Of which nothing is noted yet. */
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

  /** What the signatures of the body's chunks derive from. */
  public @Nullable SigningContext signing() {
    return sender.signing();
  }

  /** The name under which the answer, the log and the error document know it. */
  public String id() {
    return arrival.id();
  }

  /** When it came. */
  public Instant received() {
    return arrival.time();
  }

  /** The other end of its connection. */
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

  /** The key as its row is sorted. */
  public Bytes keyBytes() {
    return Bytes.utf8(key());
  }

  /** How the client reached this service: the beginning of a URL, up to its path. */
  public String origin() {
    return scheme() + "://" + Objects.requireNonNullElse(header("host"), "");
  }

  /** What the client speaks, to us or to a proxy in front of us. */
  public String scheme() {
    String proxies = Objects.requireNonNullElse(header("x-forwarded-proto"), "");
    // The proxy that the client speaks to stands first.
    boolean forwarded = proxies.split(",", 2)[0].strip().equalsIgnoreCase("https");
    return client().tls() != null || forwarded ? "https" : "http";
  }

  /** The same without that header. */
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
