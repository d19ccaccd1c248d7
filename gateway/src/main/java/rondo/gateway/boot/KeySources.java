package rondo.gateway.boot;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rondo.gateway.crypt.MasterKeys;
import rondo.gateway.crypt.VaultKms;
import rondo.gateway.peer.Authority;
import rondo.gateway.s3.encryption.MasterKeyring;

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
    @Nullable String kmsKey) {
  /** The cluster's own keys for everything. */
  public static final KeySources DERIVED = new KeySources(null, null, null, "", null);

  static final String FILE = "master-keys";

  static KeySources of(KeyOptions options) {
    return new KeySources(
        options.masterKeys,
        options.vault,
        options.vaultTokenFile,
        options.vaultMount,
        options.kmsKey);
  }

  /**
   * The keys. Those that every node of the cluster can derive are kept in its first data folder and
   * stay readable behind those of a file.
   *
   * @throws StartException when a file can't be read, or isn't one
   */
  MasterKeyring keyring(Authority authority, Path folder) {
    MasterKeys derived = derived(authority, folder.resolve(FILE));
    MasterKeys keys = file == null ? derived : read(file).with(derived);
    if (vault == null) {
      return new MasterKeyring(keys, keys, kmsKey == null ? MasterKeys.DEFAULT_KMS : kmsKey);
    }
    Path tokenFile = Objects.requireNonNull(vaultToken);
    var kms = new VaultKms(vault, vaultMount, () -> token(tokenFile));
    token(tokenFile);
    return new MasterKeyring(keys, kms, kmsKey);
  }

  private static MasterKeys derived(Authority authority, Path file) {
    Optional<String> stored = PrivateFile.read(file);
    if (stored.isPresent()) {
      return parse(file, stored.get());
    }
    if (authority.key() == null) {
      throw new StartException("there is no " + file + ": start once with --token-file to make it");
    }
    String text = MasterKeys.derivedFile(authority.key().getEncoded());
    PrivateFile.write(file, text);
    return parse(file, text);
  }

  private static MasterKeys read(Path file) {
    return parse(
        file, PrivateFile.read(file).orElseThrow(() -> new StartException("there is no " + file)));
  }

  private static MasterKeys parse(Path file, String text) {
    try {
      return MasterKeys.parse(text);
    } catch (IllegalArgumentException e) {
      throw new StartException(file + ": " + e.getMessage(), e);
    }
  }

  private static String token(Path file) {
    return PrivateFile.read(file)
        .orElseThrow(() -> new StartException("there is no " + file))
        .strip();
  }
}
