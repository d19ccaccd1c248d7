package rondo.server.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The accounts that a node knows from the start, and its keys.
 *
 * @param accessKey root's, with {@code secretKey}; null for those in the first data folder
 * @param olderAccessKey another of root's, with {@code olderSecretKey}; null for none
 * @param users a file of fixed users; null for none
 * @param keys the sources of the keys of server-side encryption
 */
public record SecretSettings(
    @Nullable String accessKey,
    @Nullable String secretKey,
    @Nullable String olderAccessKey,
    @Nullable String olderSecretKey,
    @Nullable Path users,
    KeySources keys) {}
