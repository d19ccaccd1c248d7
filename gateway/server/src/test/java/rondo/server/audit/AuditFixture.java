package rondo.server.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.Hashes;
import rondo.server.audit.AuditPeers.Member;
import rondo.store.system.SystemPorts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A cluster of audit logs in memory, each on a folder of its own. */
final class AuditFixture {
  /** One node. */
  record Node(
      Member member,
      Path folder,
      AuditHead.Signer signer,
      AuditLog log,
      HeldHeads held,
      Calls calls)
      implements AuditPeers {
    @Override
    public List<Member> members() {
      return calls.members();
    }

    @Override
    public String self() {
      return member.id();
    }

    @Override
    public byte @Nullable [] ask(Member other, String call) {
      return calls.ask(other, call);
    }

    HeadKeeper keeper() {
      return new HeadKeeper(log, signer, this, SystemPorts.TASKS, SystemPorts.TIME);
    }

    AuditVerification verification() {
      return new AuditVerification(new AuditCalls(log, held), this);
    }

    /** Writes entries with these words, each on stable storage. */
    void write(String... words) {
      for (String word : words) {
        if (!log.require(AuditEntry.ofLog(word, ""), OrderAudit.PATIENCE.multipliedBy(6))) {
          throw new IllegalStateException(word + " wasn't written");
        }
      }
    }

    List<Path> files() throws IOException {
      return log.files().list();
    }

    /** Changes the text of the newest file. */
    void change(String from, String to) throws IOException {
      Path file = files().getLast();
      Files.writeString(file, Files.readString(file).replace(from, to));
    }
  }

  /** How the nodes reach each other. */
  static final class Calls {
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final List<String> silent = new ArrayList<>();

    List<Member> members() {
      return nodes.values().stream().map(Node::member).toList();
    }

    byte @Nullable [] ask(Member other, String call) {
      Node node = nodes.get(other.id());
      return node == null || silent.contains(other.id())
          ? null
          : new AuditCalls(node.log(), node.held()).answer(call);
    }

    void silence(Node node) {
      silent.add(node.member().id());
    }
  }

  final Calls calls = new Calls();
  private final Path folder;

  AuditFixture(Path folder) {
    this.folder = folder;
  }

  static KeyPair keys() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  Node node(String name, long id, long mostBytes, int files) throws IOException {
    KeyPair keys = keys();
    String key = Hashes.sha256Hex(keys.getPublic().getEncoded());
    var member = new Member(HexFormat.of().toHexDigits(id), name, key);
    Path own = folder.resolve(name);
    var signer = new AuditHead.Signer(member.id(), keys.getPrivate(), keys.getPublic());
    var held = new HeldHeads(own.resolve("held"), this::keyOf);
    held.open();
    var log = log(own, name, mostBytes, files, AppendFile::system);
    log.start();
    var node = new Node(member, own, signer, log, held, calls);
    calls.nodes.put(member.id(), node);
    return node;
  }

  /** Takes a node out of the cluster. */
  void remove(Node node) {
    calls.nodes.remove(node.member().id());
  }

  private String keyOf(String id) {
    Node node = calls.nodes.get(id);
    return node == null ? "" : node.member().key();
  }

  static AuditLog log(
      Path folder, String name, long mostBytes, int files, AppendFile.Opener opener) {
    return new AuditLog(
        new AuditFiles(folder, mostBytes, files, opener), () -> name, SystemPorts.TIME);
  }

  /** What verification by a node finds about another, in sentences. */
  static List<String> findings(Node by, Node about) {
    JsonNode result = JsonMapper.shared().valueToTree(by.verification().verify());
    List<String> findings = new ArrayList<>();
    for (JsonNode log : result.path("logs")) {
      if (log.path("id").asString().equals(about.member().id())) {
        log.path("findings").forEach(finding -> findings.add(finding.asString()));
      }
    }
    return findings;
  }
}
