package rondo.server.config;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the keys of server-side encryption come from.
 *
 * @param file null for only the keys of the join token
 * @param vault null when the file's keys also serve SSE-KMS
 * @param vaultToken given with {@code vault}
 * @param kmsKey the key of SSE-KMS for requests that name none; null for the usual one
 * @param sealSecrets whether the secrets of access keys are sealed from now on in the cluster
 */
public record KeySources(
    @Nullable Path file,
    @Nullable URI vault,
    @Nullable Path vaultToken,
    String vaultMount,
    @Nullable String kmsKey,
    boolean sealSecrets) {}
