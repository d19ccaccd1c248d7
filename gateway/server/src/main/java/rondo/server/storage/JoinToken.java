package rondo.server.storage;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;
import rondo.s3.crypt.MasterKeys;
import rondo.store.transport.Authority;

/**
 * What a node needs to know of its cluster at its first start: the certificate authority, and the
 * first contents of two files. The three are made at random, so none tells anything of another. In
 * a token of older versions, or one that an operator made, the files may be missing; their contents
 * follow from the authority's key then.
 *
 * <pre>
 * token = [master keys] [root credentials] [cluster] authority, each in PEM
 * master keys = "RONDO MASTER KEYS": the text of the file {@code master-keys}
 * root credentials = "RONDO ROOT CREDENTIALS": the text of the file {@code root-credentials}
 * cluster = "RONDO CLUSTER": the certificate of the authority by which the cluster was founded, in
 *     PEM, and a line "key=", SHA-256 in hex, for the public key of each of some members
 * </pre>
 *
 * A token with the part {@code cluster} joins a cluster that exists: its authority is the token's
 * own, which the cluster's layout names, counts and ends. Without it, the authority is the one by
 * which the cluster is founded.
 *
 * <p>The authority comes last, so that a copy that was cut is refused. Older versions refuse a
 * token with the other parts, since their PEM reader knows no such names.
 *
 * @param masterKeys null when they follow from the authority's key
 * @param root null as with {@code masterKeys}, and in a token whose cluster is given root's keys by
 *     the environment
 * @param cluster null in a token that founds a cluster
 */
public record JoinToken(
    Authority authority,
    @Nullable String masterKeys,
    @Nullable String root,
    @Nullable String cluster) {
  /** Its name in the first data folder. */
  public static final String FILE = "join-token";

  private static final String MASTER_KEYS = "RONDO MASTER KEYS";
  private static final String ROOT = "RONDO ROOT CREDENTIALS";
  private static final String CLUSTER = "RONDO CLUSTER";
  private static final String MEMBER = "key=";
  private static final int SEED_BYTES = 32;

  /** Makes the token of a new cluster. */
  static JoinToken create() {
    byte[] seed = new byte[SEED_BYTES];
    new SecureRandom().nextBytes(seed);
    return new JoinToken(
        Authority.create(), MasterKeys.derivedFile(seed), RootCredentials.random().text(), null);
  }

  /** The text of a new cluster's token. */
  public static String founding() {
    return create().text();
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
    rest = section(CLUSTER).matcher(rest).replaceAll("");
    return new JoinToken(
        Authority.parse(rest), find(MASTER_KEYS, text), find(ROOT, text), find(CLUSTER, text));
  }

  /** The authority by which the cluster was founded; its certificate names the cluster. */
  public Authority first() {
    return cluster == null ? authority : Authority.parse(cluster);
  }

  /** The public keys of members, by which a node that joins knows them. */
  public Set<Bytes> members() {
    return cluster == null
        ? Set.of()
        : cluster
            .lines()
            .filter(line -> line.startsWith(MEMBER))
            .map(line -> Bytes.wrap(HexFormat.of().parseHex(line.substring(MEMBER.length()))))
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The token of that id, with the present keys of the node whose first data folder that is.
   *
   * @param members public keys of members
   */
  static JoinToken joining(String id, Authority first, Collection<Bytes> members, Path folder) {
    String keys =
        members.stream()
            .map(key -> MEMBER + HexFormat.of().formatHex(key.array()) + "\n")
            .collect(Collectors.joining());
    return new JoinToken(
        Authority.ofToken(id),
        PrivateFile.read(folder.resolve(NodeKeyring.FILE)).orElse(null),
        PrivateFile.read(folder.resolve(RootCredentials.FILE)).orElse(null),
        first.certificatePem() + keys);
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
    return pem(MASTER_KEYS, masterKeys)
        + pem(ROOT, root)
        + pem(CLUSTER, cluster)
        + authority.token();
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
            renewed(old.root, folder.resolve(RootCredentials.FILE)),
            old.cluster);
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
