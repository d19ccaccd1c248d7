package rondo.store.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringWriter;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import rondo.ring.value.NodeId;

final class AuthorityTest {
  private static final NodeId NODE = new NodeId(0x123456789abcdefL);

  @Test
  void a_token_makes_the_same_authority_again() {
    Authority authority = Authority.create();
    Authority read = Authority.parse(authority.token());
    assertThat(read.cluster()).isEqualTo(authority.cluster()).hasSize(32);
    assertThat(read.token()).isEqualTo(authority.token());
  }

  @Test
  void a_certificate_is_the_nodes_and_signed_by_the_authority() throws Exception {
    Authority authority = Authority.create();
    X509Certificate issued = Authority.parse(authority.issue(NODE).certificate()).certificate();
    issued.verify(authority.certificate().getPublicKey());
    assertThat(issued.getSubjectX500Principal().getName()).isEqualTo("CN=" + NODE);
    assertThat(issued.getBasicConstraints()).as("no authority itself").isEqualTo(-1);
  }

  @Test
  void an_rsa_authority_in_the_form_of_helm_issues_certificates() throws Exception {
    Authority authority = Authority.parse(helmToken());
    X509Certificate issued = Authority.parse(authority.issue(NODE).certificate()).certificate();
    issued.verify(authority.certificate().getPublicKey());
  }

  @Test
  void a_certificate_alone_is_no_token() {
    Authority authority = Authority.parse(Authority.create().certificatePem());
    assertThatThrownBy(() -> authority.issue(NODE)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void what_is_no_pem_is_refused() {
    for (String text : new String[] {"", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n"}) {
      assertThatThrownBy(() -> Authority.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** A certificate and an RSA key in PKCS #1, as the chart's genCA writes them. */
  static String helmToken() throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    var name = new X500Name("CN=rondo");
    Instant now = Instant.now();
    var certificate =
        new JcaX509v3CertificateBuilder(
                name,
                BigInteger.TWO,
                Date.from(now.minusSeconds(60)),
                Date.from(now.plusSeconds(3600)),
                name,
                pair.getPublic())
            .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
            .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()));
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(certificate);
      writer.writeObject(pair.getPrivate());
    }
    assertThat(text.toString()).contains("BEGIN RSA PRIVATE KEY");
    return text.toString();
  }
}
