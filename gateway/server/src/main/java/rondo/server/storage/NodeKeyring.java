package rondo.server.storage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Objects;
import java.util.Optional;
import rondo.s3.crypt.MasterKeys;
import rondo.s3.crypt.VaultKms;
import rondo.s3.encryption.MasterKeyring;
import rondo.s3.identity.SecretSeal;
import rondo.server.config.KeySources;
import rondo.server.config.StartException;

/** Opens the keys of server-side encryption from the sources in the settings. */
public final class NodeKeyring {
  static final String FILE = "master-keys";

  private NodeKeyring() {}

  /**
   * Opens the keys. Those of the join token are kept in the node's first data folder, and stay
   * readable behind the keys of a file.
   *
   * @throws StartException when a file can't be read, or isn't one of keys
   */
  public static MasterKeyring open(KeySources sources, JoinToken token, Path folder) {
    MasterKeys shared = shared(token, folder.resolve(FILE));
    MasterKeys keys = sources.file() == null ? shared : read(sources.file()).with(shared);
    String kmsKey = sources.kmsKey();
    if (sources.vault() == null) {
      return new MasterKeyring(keys, keys, kmsKey == null ? MasterKeys.DEFAULT_KMS : kmsKey);
    }
    Path tokenFile = Objects.requireNonNull(sources.vaultToken());
    var kms = new VaultKms(sources.vault(), sources.vaultMount(), () -> token(tokenFile));
    token(tokenFile);
    return new MasterKeyring(keys, kms, kmsKey);
  }

  /**
   * Seals the secrets of access keys under these keys. A node that isn't a gateway may have none.
   *
   * @throws StartException as {@link #open}
   */
  public static SecretSeal seal(KeySources sources, NodeFolders folders, boolean gateway) {
    Path folder = folders.first().path();
    boolean shared =
        folders.token().authority().key() != null || Files.exists(folder.resolve(FILE));
    if (gateway || shared) {
      return SecretSeal.under(open(sources, folders.token(), folder).own());
    }
    return sources.file() == null ? SecretSeal.NONE : SecretSeal.under(read(sources.file()));
  }

  private static MasterKeys shared(JoinToken token, Path file) {
    Optional<String> stored = PrivateFile.read(file);
    if (stored.isPresent()) {
      return parse(file, stored.get());
    }
    String text = token.masterKeys();
    if (text == null) {
      PrivateKey key = token.authority().key();
      if (key == null) {
        throw new StartException(
            "there is no " + file + ": start once with --token-file to make it");
      }
      text = MasterKeys.derivedFile(key.getEncoded());
    }
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
