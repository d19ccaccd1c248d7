package rondo.s3.request;

import org.jspecify.annotations.Nullable;

/**
 * The client's end of a request's connection.
 *
 * @param address the numeric IP address
 * @param tls the version of TLS, such as {@code TLSv1.3}; null without TLS
 */
public record ClientConnection(String address, @Nullable String tls) {}
