package rondo.store.transport;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A failed TLS handshake in one sentence that says which certificate is at fault and what mends it.
 * Nodes of older versions judge certificates by issuer and dates; a TLS library reports that as the
 * name of an alert (RFC 8446, section 6.2), deep inside other exceptions.
 */
final class TlsFailure {
  private static final int DEEPEST_CAUSE = 20;

  private static final Map<String, String> ALERTS =
      Map.of(
          "certificate_expired",
          "this node's certificate has expired, or is not valid yet by the other node's clock:"
              + " compare the clocks, or remove node.pem and node-key.pem and start with the join"
              + " token",
          "unknown_ca",
          "this node's certificate is of another cluster: start with the other nodes' join token",
          "bad_certificate",
          "the other node refuses this node's certificate: start with the other nodes' join token",
          "certificate_unknown",
          "the other node refuses this node's certificate, which has expired, is not valid yet, or"
              + " is of another cluster: compare the clocks and the join tokens",
          "certificate_required",
          "the other node asks for a certificate of its cluster, and this one has none: start with"
              + " the other nodes' join token",
          "peer_did_not_return_a_certificate",
          "the other side showed no certificate of this cluster");

  private TlsFailure() {}

  /**
   * Returns the sentence for {@code failure}, or its own message if it isn't about certificates.
   */
  static String describe(Throwable failure) {
    for (Throwable cause : causes(failure)) {
      String found = alert(String.valueOf(cause.getMessage()));
      if (found != null) {
        return found;
      }
    }
    return Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
  }

  /** The other side has refused this one's certificate. */
  private static @Nullable String alert(String message) {
    String words = message.toLowerCase(Locale.ROOT).replace(' ', '_');
    return ALERTS.entrySet().stream()
        .filter(alert -> words.contains(alert.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /** The innermost first: it knows most. */
  private static List<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(DEEPEST_CAUSE)
        .toList()
        .reversed();
  }
}
