package rondo.store.transport;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import rondo.ring.value.NodeId;

/** Mutual TLS between nodes: both sides show a certificate of the cluster. */
final class PeerTls {
  private static final int RECEIVE_BUFFER_BYTES = 1 << 20;
  private static final int CONNECT_MILLIS = 3000;

  private PeerTls() {}

  static NetServerOptions server(Authority.Credentials credentials) {
    var options = new NetServerOptions();
    options
        .setSsl(true)
        .setClientAuth(ClientAuth.REQUIRED)
        .setKeyCertOptions(key(credentials))
        .setTrustOptions(trust(credentials))
        .setTcpNoDelay(true)
        .setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
    if (OpenSSLEngineOptions.isAvailable()) {
      options.setSslEngineOptions(new OpenSSLEngineOptions());
    }
    return options;
  }

  static NetClientOptions client(Authority.Credentials credentials) {
    var options = new NetClientOptions();
    options
        .setConnectTimeout(CONNECT_MILLIS)
        .setSsl(true)
        // A certificate names a node, not a host: the greeting is compared with it instead.
        .setHostnameVerificationAlgorithm("")
        .setKeyCertOptions(key(credentials))
        .setTrustOptions(trust(credentials))
        .setTcpNoDelay(true)
        .setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
    if (OpenSSLEngineOptions.isAvailable()) {
      options.setSslEngineOptions(new OpenSSLEngineOptions());
    }
    return options;
  }

  /** Whether the certificate at the other end is that node's. */
  static boolean names(NetSocket socket, NodeId node) {
    try {
      return socket.peerCertificates().getFirst() instanceof X509Certificate certificate
          && certificate.getSubjectX500Principal().getName().equals("CN=" + node);
    } catch (SSLPeerUnverifiedException e) {
      return false;
    }
  }

  private static PemKeyCertOptions key(Authority.Credentials credentials) {
    return new PemKeyCertOptions()
        .setCertValue(Buffer.buffer(credentials.certificate()))
        .setKeyValue(Buffer.buffer(credentials.key()));
  }

  private static PemTrustOptions trust(Authority.Credentials credentials) {
    return new PemTrustOptions().addCertValue(Buffer.buffer(credentials.authority()));
  }
}
