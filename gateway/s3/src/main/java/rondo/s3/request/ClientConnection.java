package rondo.s3.request;

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
  /** A connection without a proxy. */
  public ClientConnection(String address, @Nullable String tls) {
    this(address, tls, tls != null);
  }
}
