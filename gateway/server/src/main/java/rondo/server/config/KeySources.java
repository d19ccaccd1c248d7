package rondo.server.config;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the keys of server-side encryption come from.
 *
 * @param file null: only those that follow from the join token
 * @param vault null: the keys of the file are those of SSE-KMS too
 * @param vaultToken given with {@code vault}
 * @param kmsKey of SSE-KMS, for those who name none; null: the usual one
 */
public record KeySources(
    @Nullable Path file,
    @Nullable URI vault,
    @Nullable Path vaultToken,
    String vaultMount,
    @Nullable String kmsKey) {}
