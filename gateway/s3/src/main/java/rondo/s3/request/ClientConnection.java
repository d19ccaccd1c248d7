package rondo.s3.request;

import org.jspecify.annotations.Nullable;

/**
 * The other end of a request's connection.
 *
 * @param address in numbers
 * @param tls the version of TLS, such as {@code TLSv1.3}; null without
 */
public record ClientConnection(String address, @Nullable String tls) {}
