package rondo.s3.proxy;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.s3.policy.NetworkRange;
import rondo.s3.request.ClientConnection;

/**
 * The proxies that may say for whom they send a request, and whether that client came over HTTPS.
 * Headers of anyone else are not believed. Immutable.
 */
public final class TrustedProxies {
  /** Nobody is believed. */
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  private final List<NetworkRange.Network> ranges;

  private TrustedProxies(List<NetworkRange.Network> ranges) {
    this.ranges = ranges;
  }

  /**
   * Reads ranges such as {@code 10.0.0.0/8} and {@code fd00::/8}, or single addresses.
   *
   * @throws IllegalArgumentException naming the text that is none
   */
  public static TrustedProxies parse(List<String> ranges) {
    return new TrustedProxies(ranges.stream().map(TrustedProxies::range).toList());
  }

  private static NetworkRange.Network range(String text) {
    NetworkRange.Network range = NetworkRange.parse(text);
    if (range == null) {
      throw new IllegalArgumentException("'" + text + "' is no IP address or range of them");
    }
    return range;
  }

  /**
   * The client of a request: the last address in the chain of proxies that isn't a trusted proxy's.
   *
   * @param peer the numeric address of the other end of the connection
   * @param tls the connection's version of TLS; null without TLS
   * @param headers the values of the request's header lines of a name, in order
   */
  public ClientConnection client(
      String peer, @Nullable String tls, Function<String, List<String>> headers) {
    if (!isTrusted(peer)) {
      return new ClientConnection(peer, tls);
    }
    var said = new ForwardingHeaders(headers);
    return new ClientConnection(client(peer, said.clients()), tls, said.secure());
  }

  private String client(String peer, List<@Nullable InetAddress> named) {
    String client = peer;
    for (InetAddress next : named.reversed()) {
      if (next == null) {
        return client;
      }
      client = next.getHostAddress();
      if (!isTrusted(next)) {
        return client;
      }
    }
    return client;
  }

  private boolean isTrusted(String peer) {
    return !ranges.isEmpty() && !peer.isEmpty() && isTrusted(InetAddress.ofLiteral(peer));
  }

  private boolean isTrusted(InetAddress address) {
    return ranges.stream().anyMatch(range -> range.holds(address));
  }
}
