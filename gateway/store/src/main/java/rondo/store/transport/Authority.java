package rondo.store.transport;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/**
 * A cluster's certificate authority. Its certificate identifies the cluster. Its key, which is part
 * of the join token, lets a node issue itself a certificate.
 *
 * @param key null where the token isn't known
 */
public record Authority(X509Certificate certificate, @Nullable PrivateKey key) {
  private static final Duration VALIDITY = Duration.ofDays(20 * 365);
  private static final Duration CLOCK_SKEW = Duration.ofDays(1);

  /** The id, among those of join tokens, of the authority by which a cluster was founded. */
  public static final String FIRST = "00000000";

  private static final String TOKEN = "CN=Rondo token ";

  /**
   * A node's credentials, in PEM.
   *
   * @param authority the certificate of the authority that other nodes' certificates must have
   */
  public record Credentials(String certificate, String key, String authority) {
    @Override
    public String toString() {
      return "Credentials[...]";
    }
  }

  /** Makes the authority of a new cluster. */
  public static Authority create() {
    return named("CN=Rondo cluster " + HexFormat.of().toHexDigits(new SecureRandom().nextLong()));
  }

  /** Makes a join token of that id: an authority of its own, known to the layout by its key. */
  public static Authority ofToken(String id) {
    return named(TOKEN + id);
  }

  private static Authority named(String subject) {
    try {
      KeyPair pair = keyPair();
      var name = new X500Name(subject);
      Instant now = Instant.now();
      Instant from = now.minus(CLOCK_SKEW);
      X509Certificate own = sign(name, name, pair, pair.getPrivate(), from, now.plus(VALIDITY));
      return new Authority(own, pair.getPrivate());
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new IllegalStateException("this JVM can't make certificates", e);
    }
  }

  /**
   * Reads the PEM of a certificate and, in a join token, its key (PKCS #8, PKCS #1 or SEC 1).
   *
   * @throws IllegalArgumentException when the text isn't that
   */
  public static Authority parse(String pem) {
    X509Certificate certificate = null;
    PrivateKey key = null;
    try (var parser = new PEMParser(new StringReader(pem))) {
      for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
        switch (part) {
          case X509CertificateHolder holder ->
              certificate = new JcaX509CertificateConverter().getCertificate(holder);
          case PEMKeyPair pair -> key = new JcaPEMKeyConverter().getKeyPair(pair).getPrivate();
          case PrivateKeyInfo info -> key = new JcaPEMKeyConverter().getPrivateKey(info);
          default -> throw new IllegalArgumentException("an unexpected " + part.getClass());
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("not a PEM certificate and key", e);
    }
    if (certificate == null) {
      throw new IllegalArgumentException("there is no certificate in it");
    }
    return new Authority(certificate, key);
  }

  /** The cluster's id: the first half of the SHA-256 of the certificate, in hex. */
  public String cluster() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate without an encoding", e);
    }
  }

  /** The public key of this authority (its SubjectPublicKeyInfo). */
  public Bytes publicKey() {
    return Bytes.wrap(certificate.getPublicKey().getEncoded());
  }

  /**
   * Reads a public key.
   *
   * @throws IllegalArgumentException when these bytes aren't one
   */
  static PublicKey publicKey(Bytes encoded) {
    try {
      return new JcaPEMKeyConverter()
          .getPublicKey(SubjectPublicKeyInfo.getInstance(encoded.array()));
    } catch (IOException e) {
      throw new IllegalArgumentException("not a public key", e);
    }
  }

  /** The id of the join token that has issued a node's certificate; empty where none has. */
  public static String tokenOf(X509Certificate certificate) {
    String issuer = certificate.getIssuerX500Principal().getName();
    return issuer.startsWith(TOKEN) ? issuer.substring(TOKEN.length()) : "";
  }

  /** Whether a certificate is of that node. */
  static boolean names(X509Certificate certificate, NodeId node) {
    return certificate.getSubjectX500Principal().getName().equals("CN=" + node);
  }

  /** The SHA-256 of a certificate's public key (its SubjectPublicKeyInfo). */
  static Bytes keyOf(X509Certificate certificate) {
    try {
      byte[] key = certificate.getPublicKey().getEncoded();
      return Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(key));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no SHA-256", e);
    }
  }

  /** The join token. Its holder can join the cluster. */
  public String token() {
    return certificatePem() + pem("PRIVATE KEY", requireKey().getEncoded());
  }

  public String certificatePem() {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate without an encoding", e);
    }
  }

  /** Issues a certificate for a node; the node's id is the common name. */
  public Credentials issue(NodeId node) {
    Instant now = Instant.now();
    return issue(node.toString(), now.minus(CLOCK_SKEW), now.plus(VALIDITY));
  }

  /** Issues a certificate of that common name and time. */
  Credentials issue(String name, Instant from, Instant until) {
    try {
      KeyPair pair = keyPair();
      X500Name issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
      var subject = new X500Name("CN=" + name);
      X509Certificate issued = sign(issuer, subject, pair, requireKey(), from, until);
      return new Credentials(
          pem("CERTIFICATE", issued.getEncoded()),
          pem("PRIVATE KEY", pair.getPrivate().getEncoded()),
          certificatePem());
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new IllegalArgumentException("the join token's key can't sign certificates: " + e, e);
    }
  }

  private PrivateKey requireKey() {
    if (key == null) {
      throw new IllegalArgumentException("there is no private key in it");
    }
    return key;
  }

  private static KeyPair keyPair() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  /** Signs a certificate; one that names its issuer as its subject is an authority's. */
  private static X509Certificate sign(
      X500Name issuer,
      X500Name subject,
      KeyPair pair,
      PrivateKey signer,
      Instant from,
      Instant until)
      throws GeneralSecurityException, OperatorCreationException, CertIOException {
    boolean authority = issuer.equals(subject);
    var builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            new BigInteger(120, new SecureRandom()).setBit(119),
            Date.from(from),
            Date.from(until),
            subject,
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    int usage = authority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature;
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
    String algorithm = signer.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(signer)));
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
