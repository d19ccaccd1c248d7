package rondo.server.config;

import org.jspecify.annotations.Nullable;
import rondo.s3.proxy.TrustedProxies;

/**
 * Where a node listens.
 *
 * @param console null for none
 * @param advertised where other nodes reach the node port; null for where it listens
 * @param proxies those in front of the S3 port that are believed about their clients
 */
public record NodeEndpoints(
    HostPort s3,
    AdminSettings admin,
    @Nullable ConsoleSettings console,
    HostPort node,
    @Nullable HostPort advertised,
    TrustedProxies proxies) {}
