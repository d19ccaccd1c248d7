package rondo.server.cli.option;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import rondo.server.config.KeySources;

/** Where the keys of server-side encryption come from: a part of the table of settings. */
final class KeyOptions {
  @Option(
      names = "--master-keys",
      paramLabel = "FILE",
      description =
          "Keys of encryption at rest, NAME=BASE64 a line, the newest of a name first; the same on"
              + " every node. sse-s3 is the one of SSE-S3, others are for SSE-KMS. Default: those"
              + " of the join token, in 'master-keys' in the first data folder.")
  @Nullable Path masterKeys;

  @Option(
      names = "--vault",
      paramLabel = "URL",
      description = "A Vault whose transit keys are the keys of SSE-KMS.")
  @Nullable URI vault;

  @Option(
      names = "--vault-token-file",
      paramLabel = "FILE",
      description = "Its token; read again for each request.")
  @Nullable Path vaultTokenFile;

  @Option(
      names = "--vault-mount",
      paramLabel = "PATH",
      defaultValue = "transit",
      description = "Where its transit engine is mounted. Default: ${DEFAULT-VALUE}")
  String vaultMount = "";

  @Option(
      names = "--kms-key",
      paramLabel = "NAME",
      description =
          "The key of SSE-KMS for those who name none. Default: aws/s3, or none with --vault.")
  @Nullable String kmsKey;

  @Option(
      names = "--seal-secrets",
      description =
          "Has the cluster keep users' secret keys sealed from now on, and seals those it has. Give"
              + " it once no node older than this option is left: they can't read such keys. New"
              + " clusters do so without it.")
  boolean sealSecrets;

  /**
   * @throws IllegalArgumentException naming the setting to correct
   */
  KeySources settings() {
    ServerOptions.check(
        (vault == null) != (vaultTokenFile == null), "--vault and --vault-token-file go together");
    return new KeySources(masterKeys, vault, vaultTokenFile, vaultMount, kmsKey, sealSecrets);
  }
}
