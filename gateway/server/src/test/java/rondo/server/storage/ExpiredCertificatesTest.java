package rondo.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static rondo.server.storage.NodeCalls.call;
import static rondo.server.storage.NodeCalls.s3;

import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rondo.server.boot.NodeProcess;
import rondo.server.cli.option.ServerOptions;

/** A cluster that was switched off for longer than its certificates live starts by itself. */
@Timeout(300)
@Tag("node")
final class ExpiredCertificatesTest {
  @TempDir Path folder = Path.of("");

  @Test
  void a_cluster_whose_certificates_have_all_expired_starts_again() throws Exception {
    var nodes = new ArrayList<NodeProcess>();
    try {
      nodes.add(start("n1", List.of()));
      NodeProcess first = nodes.getFirst();
      nodes.add(start("n2", joining(first)));
      nodes.add(start("n3", joining(first)));
      while (!status(first).contains("\"holders\" : 3")
          || !status(first).contains("\"moving\" : false")) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
      assertThat(s3(first, "PUT", "/bkt", "")).startsWith("200");
      assertThat(s3(first, "PUT", "/bkt/k", "kept")).startsWith("200");
      List<String> ports = nodes.stream().map(node -> "127.0.0.1:" + node.nodePort()).toList();
      nodes.reversed().forEach(NodeProcess::close);
      nodes.clear();

      for (int i = 0; i < 3; i++) {
        expire("n" + (i + 1));
        nodes.add(start("n" + (i + 1), List.of("--node-listen=" + ports.get(i))));
      }
      for (NodeProcess node : nodes) {
        while (!s3(node, "GET", "/bkt/k", "").equals("200 kept")) {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
      }
    } finally {
      nodes.reversed().forEach(NodeProcess::close);
    }
  }

  /**
   * Puts a node's key into a certificate that ended a year ago, and that nobody else has signed.
   */
  private void expire(String name) throws Exception {
    Path file = folder.resolve(name).resolve("node.pem");
    var old = (X509CertificateHolder) read(file);
    PrivateKey key =
        new JcaPEMKeyConverter()
            .getPrivateKey((PrivateKeyInfo) read(folder.resolve(name).resolve("node-key.pem")));
    Instant end = Instant.now().minus(Duration.ofDays(365));
    var subject = new X500Name("CN=anybody");
    var expired =
        new X509v3CertificateBuilder(
                subject,
                BigInteger.TWO,
                Date.from(end.minus(Duration.ofDays(90))),
                Date.from(end),
                subject,
                old.getSubjectPublicKeyInfo())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key));
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(expired);
    }
    Files.writeString(file, text.toString());
  }

  private static Object read(Path file) throws Exception {
    try (var parser = new PEMParser(new StringReader(Files.readString(file)))) {
      return parser.readObject();
    }
  }

  private static String status(NodeProcess node) throws Exception {
    return call(node, node.adminPort(), "GET", "/status", "");
  }

  private List<String> joining(NodeProcess first) {
    return NodeCalls.joining(first, folder.resolve("n1").resolve(JoinToken.FILE));
  }

  private NodeProcess start(String name, List<String> more) {
    var flags =
        new ArrayList<>(
            List.of(
                "--data=" + folder.resolve(name),
                "--node=" + name,
                "--durability=none",
                "--s3-listen=127.0.0.1:0",
                "--admin-listen=127.0.0.1:0"));
    flags.addAll(more);
    if (more.stream().noneMatch(it -> it.startsWith("--node-listen"))) {
      flags.add("--node-listen=127.0.0.1:0");
    }
    return NodeProcess.start(ServerOptions.read(Map.of(), flags.toArray(String[]::new)));
  }
}
