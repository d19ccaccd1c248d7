package rondo.server.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The accounts that a node knows from the start, and its keys.
 *
 * @param accessKey root's, with {@code secretKey}; null for one derived from the join token
 * @param users a file of fixed users; null for none
 * @param keys the sources of the keys of server-side encryption
 */
public record SecretSettings(
    @Nullable String accessKey,
    @Nullable String secretKey,
    @Nullable Path users,
    KeySources keys) {}
