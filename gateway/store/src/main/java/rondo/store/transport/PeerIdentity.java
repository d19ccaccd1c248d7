package rondo.store.transport;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/**
 * A node at the other end of a connection, as it has proved itself.
 *
 * @param node the id in its greeting
 * @param key the SHA-256 of the public key whose private key it has
 * @param certificate the container of that key
 * @param vouched whether the cluster's first authority has signed it, under that id
 */
public record PeerIdentity(NodeId node, Bytes key, X509Certificate certificate, boolean vouched) {
  /**
   * The id of the join token that its certificate names as its issuer; that of the first authority
   * where it has signed it, and empty when it names none.
   */
  public String token() {
    return vouched ? Authority.FIRST : Authority.tokenOf(certificate);
  }

  /** Whether a join token has signed its certificate, under its id. */
  public boolean isSignedBy(Bytes tokenKey) {
    try {
      certificate.verify(Authority.publicKey(tokenKey));
      return Authority.names(certificate, node);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
