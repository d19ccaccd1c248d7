package rondo.server.kubernetes;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.jspecify.annotations.Nullable;

/**
 * A certificate of the admin API, for ten years, by an authority whose key is kept nowhere; all in
 * PEM.
 *
 * @param authority the authority's certificate
 */
record AdminCertificate(String certificate, String key, String authority) {
  private static final Duration VALIDITY = Duration.ofDays(3650);
  private static final Duration CLOCK_SKEW = Duration.ofDays(1);
  private static final X500Name ISSUER = new X500Name("CN=rondo-admin authority");

  @Override
  public String toString() {
    return "an admin certificate";
  }

  /** Makes one for those hosts, and for this machine's own loopback addresses. */
  static AdminCertificate create(List<String> hosts) {
    try {
      KeyPair issuer = keyPair();
      KeyPair own = keyPair();
      X509Certificate authority = sign(ISSUER, issuer, issuer.getPrivate(), null);
      X509Certificate certificate =
          sign(new X500Name("CN=rondo-admin"), own, issuer.getPrivate(), names(hosts));
      return new AdminCertificate(
          pem("CERTIFICATE", certificate.getEncoded()),
          pem("PRIVATE KEY", own.getPrivate().getEncoded()),
          pem("CERTIFICATE", authority.getEncoded()));
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new IllegalArgumentException("no certificate can be made: " + e, e);
    }
  }

  private static GeneralNames names(List<String> hosts) {
    var names = new ArrayList<GeneralName>();
    names.add(new GeneralName(GeneralName.dNSName, "localhost"));
    hosts.forEach(host -> names.add(new GeneralName(GeneralName.dNSName, host)));
    names.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
    names.add(new GeneralName(GeneralName.iPAddress, "::1"));
    return new GeneralNames(names.toArray(GeneralName[]::new));
  }

  private static KeyPair keyPair() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  /** Signs a certificate; one without hosts is an authority's. */
  private static X509Certificate sign(
      X500Name subject, KeyPair pair, PrivateKey signer, @Nullable GeneralNames hosts)
      throws GeneralSecurityException, OperatorCreationException, CertIOException {
    Instant now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            ISSUER,
            new BigInteger(120, new SecureRandom()).setBit(119),
            Date.from(now.minus(CLOCK_SKEW)),
            Date.from(now.plus(VALIDITY)),
            subject,
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(hosts == null));
    if (hosts != null) {
      builder.addExtension(Extension.subjectAlternativeName, false, hosts);
    }
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer)));
  }

  private static String pem(String type, byte[] content) {
    var text = new StringWriter();
    try (var writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, content));
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory", e);
    }
    return text.toString();
  }
}
