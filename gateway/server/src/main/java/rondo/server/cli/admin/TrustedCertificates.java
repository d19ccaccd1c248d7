package rondo.server.cli.admin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import rondo.server.config.StartException;

/** Makes TLS that trusts the certificates of a file, and no others. */
public final class TrustedCertificates {
  private TrustedCertificates() {}

  /**
   * @param file certificates in PEM
   * @throws StartException when the file has none
   */
  public static SSLContext of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry(Integer.toString(trusted.size()), one);
      }
      if (trusted.size() == 0) {
        throw new StartException("there is no certificate in " + file);
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new StartException("can't read the certificates of " + file + ": " + e, e);
    }
  }
}
