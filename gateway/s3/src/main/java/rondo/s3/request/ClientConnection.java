package rondo.s3.request;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of a request's connection: the connection to this node, or to a trusted proxy in
 * front of it.
 *
 * @param address the client's numeric IP address
 * @param tls the version of TLS of the connection to this node, such as {@code TLSv1.3}; null
 *     without TLS
 * @param secure whether the client came over TLS
 */
public record ClientConnection(String address, @Nullable String tls, boolean secure) {
  private static final int IPV6_NETWORK_BYTES = 8;

  /** A connection without a proxy. */
  public ClientConnection(String address, @Nullable String tls) {
    this(address, tls, tls != null);
  }

  /**
   * The name of a client without an account: its IPv4 address, or the network of its IPv6 address,
   * since whoever has one of those has all 2^64 of its network (RFC 6177).
   */
  public String network() {
    try {
      InetAddress read = InetAddress.ofLiteral(address);
      return read instanceof Inet6Address six
          ? HexFormat.of().formatHex(six.getAddress(), 0, IPV6_NETWORK_BYTES)
          : read.getHostAddress();
    } catch (IllegalArgumentException unknown) {
      return address;
    }
  }
}
