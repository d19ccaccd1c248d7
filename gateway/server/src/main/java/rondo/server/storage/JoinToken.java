package rondo.server.storage;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rondo.s3.crypt.MasterKeys;
import rondo.store.transport.Authority;

/**
 * What a node needs to know of its cluster at its first start: the certificate authority, and the
 * first contents of two files. The three are made at random, so none tells anything of another. In
 * a token of older versions, or one that an operator made, the files may be missing; their contents
 * follow from the authority's key then.
 *
 * <pre>
 * token = [master keys] [root credentials] authority, each in PEM
 * master keys = "RONDO MASTER KEYS": the text of the file {@code master-keys}
 * root credentials = "RONDO ROOT CREDENTIALS": the text of the file {@code root-credentials}
 * </pre>
 *
 * The authority comes last, so that a copy that was cut is refused. Older versions refuse a token
 * with the other parts, since their PEM reader knows no such names.
 *
 * @param masterKeys null when they follow from the authority's key
 * @param root null as with {@code masterKeys}, and in a token whose cluster is given root's keys by
 *     the environment
 */
public record JoinToken(Authority authority, @Nullable String masterKeys, @Nullable String root) {
  /** Its name in the first data folder. */
  public static final String FILE = "join-token";

  private static final String MASTER_KEYS = "RONDO MASTER KEYS";
  private static final String ROOT = "RONDO ROOT CREDENTIALS";
  private static final int SEED_BYTES = 32;

  /** Makes the token of a new cluster. */
  static JoinToken create() {
    byte[] seed = new byte[SEED_BYTES];
    new SecureRandom().nextBytes(seed);
    return new JoinToken(
        Authority.create(), MasterKeys.derivedFile(seed), RootCredentials.random().text());
  }

  /**
   * Writes the token of a new cluster to a file that its owner alone can read.
   *
   * @throws rondo.storage.folder.DiskException when it can't be written
   */
  public static void write(Path file) {
    PrivateFile.write(file, create().text());
  }

  /**
   * Parses a token, or the certificate of an authority alone.
   *
   * @throws IllegalArgumentException when the text isn't that
   */
  public static JoinToken parse(String text) {
    String rest = section(MASTER_KEYS).matcher(text).replaceAll("");
    rest = section(ROOT).matcher(rest).replaceAll("");
    return new JoinToken(Authority.parse(rest), find(MASTER_KEYS, text), find(ROOT, text));
  }

  private static @Nullable String find(String name, String text) {
    Matcher found = section(name).matcher(text);
    return found.find()
        ? new String(Base64.getMimeDecoder().decode(found.group(1)), StandardCharsets.UTF_8)
        : null;
  }

  private static Pattern section(String name) {
    return Pattern.compile(
        "-----BEGIN %s-----([A-Za-z0-9+/=\\s]*+)-----END %s-----\\s*+".formatted(name, name));
  }

  /** The text to copy to a node that joins. */
  String text() {
    return pem(MASTER_KEYS, masterKeys) + pem(ROOT, root) + authority.token();
  }

  private static String pem(String name, @Nullable String content) {
    if (content == null) {
      return "";
    }
    byte[] lines =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encode(content.getBytes(StandardCharsets.UTF_8));
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(name, new String(lines, StandardCharsets.US_ASCII), name)
        .replace("\r", "");
  }

  /**
   * Brings the token in a folder up to the folder's files of keys, so that a node that joins by a
   * copy of it starts with the present keys. Leaves a token of older versions as it is.
   */
  static void renew(Path folder) {
    Path file = folder.resolve(FILE);
    Optional<String> stored = PrivateFile.read(file);
    if (stored.isEmpty()) {
      return;
    }
    JoinToken old = parse(stored.get());
    JoinToken token =
        new JoinToken(
            old.authority,
            renewed(old.masterKeys, folder.resolve(NodeKeyring.FILE)),
            renewed(old.root, folder.resolve(RootCredentials.FILE)));
    if (!token.equals(old)) {
      PrivateFile.write(file, token.text());
    }
  }

  private static @Nullable String renewed(@Nullable String old, Path file) {
    return old == null ? null : PrivateFile.read(file).orElse(old);
  }

  /** Leaves out the secrets, which must not appear in a log. */
  @Override
  public String toString() {
    return "JoinToken[" + authority.cluster() + "]";
  }
}
