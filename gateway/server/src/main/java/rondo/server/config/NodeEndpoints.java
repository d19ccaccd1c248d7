package rondo.server.config;

import org.jspecify.annotations.Nullable;

/**
 * Where a node listens.
 *
 * @param advertised where other nodes reach the node port; null for where it listens
 */
public record NodeEndpoints(
    HostPort s3, AdminSettings admin, HostPort node, @Nullable HostPort advertised) {}
