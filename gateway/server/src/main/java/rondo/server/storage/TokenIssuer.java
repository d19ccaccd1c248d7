package rondo.server.storage;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import rondo.ring.layout.JoinKey;
import rondo.ring.value.Bytes;
import rondo.store.transport.Authority;

/**
 * Makes join tokens with a node's present keys. Thread-safe.
 *
 * @param folder the node's first data folder
 * @param first the authority by which the cluster was founded
 */
public record TokenIssuer(Path folder, Authority first) {
  /**
   * A token as its holder and as the layout know it.
   *
   * @param text a secret
   */
  public record Issued(JoinKey key, String text) {
    /** Leaves out the text, which must not appear in a log. */
    @Override
    public String toString() {
      return "Issued[" + key.id() + "]";
    }
  }

  /**
   * Makes a token, which counts once the layout names its key.
   *
   * @param members public keys of members
   * @param uses as in {@link JoinKey}
   * @param untilSeconds as in {@link JoinKey}
   */
  public Issued issue(Collection<Bytes> members, int uses, long untilSeconds) {
    var random = new byte[4];
    new SecureRandom().nextBytes(random);
    // No random id is that of the first authority.
    random[0] |= 1;
    String id = HexFormat.of().formatHex(random);
    JoinToken token = JoinToken.joining(id, first, members, folder);
    var key = new JoinKey(id, token.authority().publicKey(), uses, untilSeconds, false);
    return new Issued(key, token.text());
  }

  /** What the layout has to say of the first authority once it takes no node in any more. */
  public JoinKey firstEnded() {
    return new JoinKey(Authority.FIRST, first.publicKey(), JoinKey.UNCOUNTED, 0, true);
  }

  /** Puts a token into the place of the one that the folder keeps, if it keeps one. */
  public void keep(Issued issued) {
    Path file = folder.resolve(JoinToken.FILE);
    if (PrivateFile.read(file).isPresent()) {
      PrivateFile.write(file, issued.text());
    }
  }
}
