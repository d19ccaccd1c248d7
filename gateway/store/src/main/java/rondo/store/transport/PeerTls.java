package rondo.store.transport;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.NodeId;

/**
 * Mutual TLS between nodes. A certificate is only the container of a public key: TLS proves that
 * the other side has its private key, and {@link PeerRegister} knows whether the cluster names it.
 * So neither the certificate's dates nor its issuer matter here.
 */
final class PeerTls {
  private static final int RECEIVE_BUFFER_BYTES = 1 << 20;
  private static final int CONNECT_MILLIS = 3000;
  private static final X509TrustManager ANY_KEY = new AnyKey();

  private PeerTls() {}

  static NetServerOptions server(Authority.Credentials credentials) {
    var options = new NetServerOptions();
    options
        .setSsl(true)
        .setClientAuth(ClientAuth.REQUIRED)
        .setKeyCertOptions(key(credentials))
        .setTrustOptions(TrustOptions.wrap(ANY_KEY))
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
        .setTrustOptions(TrustOptions.wrap(ANY_KEY))
        .setTcpNoDelay(true)
        .setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
    if (OpenSSLEngineOptions.isAvailable()) {
      options.setSslEngineOptions(new OpenSSLEngineOptions());
    }
    return options;
  }

  /** The node at the other end, which greets as {@code node}; null without a certificate. */
  static @Nullable PeerIdentity identity(NetSocket socket, NodeId node, Peer own) {
    try {
      return socket.peerCertificates().getFirst() instanceof X509Certificate certificate
          ? new PeerIdentity(
              node, Authority.keyOf(certificate), certificate, isVouched(certificate, node, own))
          : null;
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
  }

  private static boolean isVouched(X509Certificate certificate, NodeId node, Peer own) {
    try {
      certificate.verify(own.authority().getPublicKey());
      return Authority.names(certificate, node);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static PemKeyCertOptions key(Authority.Credentials credentials) {
    return new PemKeyCertOptions()
        .setCertValue(Buffer.buffer(credentials.certificate()))
        .setKeyValue(Buffer.buffer(credentials.key()));
  }

  private static final class AnyKey implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
