package rondo.store.transport;

import java.security.cert.X509Certificate;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/** This node as others see it, with the credentials that prove its membership of the cluster. */
public record Peer(NodeId self, String cluster, Authority.Credentials credentials) {
  /** The SHA-256 of this node's public key, as registers name it. */
  public Bytes key() {
    return Authority.keyOf(Authority.parse(credentials.certificate()).certificate());
  }

  /** The id of the join token by which this node came; empty for the cluster's first authority. */
  public String token() {
    return Authority.tokenOf(Authority.parse(credentials.certificate()).certificate());
  }

  /** The certificate of the authority that vouches for nodes without a registered key. */
  X509Certificate authority() {
    return Authority.parse(credentials.authority()).certificate();
  }
}
