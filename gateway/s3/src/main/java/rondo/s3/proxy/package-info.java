/**
 * Proxies in front of a node, and what they may say about their clients.
 *
 * <ul>
 *   <li>{@link TrustedProxies} finds the client of a request behind trusted proxies.
 *   <li>{@link ForwardingHeaders} reads the headers by which proxies tell of their clients.
 * </ul>
 */
@NullMarked
package rondo.s3.proxy;

import org.jspecify.annotations.NullMarked;
