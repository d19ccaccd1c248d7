package rondo.server.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;
import rondo.s3.audit.AuditTrail;
import rondo.server.audit.AuditPeers.Member;
import rondo.server.config.log.AuditSettings;

/**
 * A node's part in the audit logs of its cluster: its own log, if it keeps one, and the heads that
 * it holds of others' logs. Thread-safe.
 *
 * @param log null where it keeps none
 */
public record NodeAudit(
    @Nullable AuditLog log,
    @Nullable HeadKeeper keeper,
    @Nullable AuditWebhook webhook,
    AuditCalls calls,
    AuditPeers peers,
    AuditSettings settings) {
  /** A node's identity, for signing. */
  public record Identity(AuditHead.Signer signer) {
    public static Identity of(String node, PrivateKey own, PublicKey shown) {
      return new Identity(new AuditHead.Signer(node, own, shown));
    }
  }

  /**
   * Opens the log in a folder, and starts its work.
   *
   * @throws IOException when the folder can't be read or written
   */
  public static NodeAudit open(
      AuditSettings settings,
      Path folder,
      Identity identity,
      AuditPeers peers,
      Tasks tasks,
      Time time)
      throws IOException {
    var held = new HeldHeads(folder.resolve("held"), id -> key(peers, id));
    held.open();
    if (!settings.on()) {
      return new NodeAudit(null, null, null, new AuditCalls(null, held), peers, settings);
    }
    var files = new AuditFiles(folder, settings.mostBytes(), settings.files(), AppendFile::system);
    Supplier<String> name = () -> name(peers);
    var log = new AuditLog(files, name, time);
    log.start();
    var keeper = new HeadKeeper(log, identity.signer(), peers, tasks, time);
    keeper.start();
    AuditWebhook webhook = webhook(settings, log, folder, tasks, time);
    return new NodeAudit(log, keeper, webhook, new AuditCalls(log, held), peers, settings);
  }

  private static @Nullable AuditWebhook webhook(
      AuditSettings settings, AuditLog log, Path folder, Tasks tasks, Time time)
      throws IOException {
    if (settings.webhook() == null) {
      return null;
    }
    var collector = new HttpCollector(settings.webhook(), settings.webhookToken());
    var webhook = new AuditWebhook(log, folder, collector, tasks, time);
    webhook.start();
    return webhook;
  }

  private static String key(AuditPeers peers, String id) {
    return peers.members().stream()
        .filter(member -> member.id().equals(id))
        .map(Member::key)
        .findFirst()
        .orElse("");
  }

  private static String name(AuditPeers peers) {
    return peers.members().stream()
        .filter(member -> member.id().equals(peers.self()))
        .map(Member::name)
        .findFirst()
        .orElse(peers.self());
  }

  /** Answers what another node's audit log asks. */
  public Reply answer(Request.Audit call) {
    return new Reply.Audit(Bytes.wrap(calls.answer(call.call().utf8())));
  }

  /** Takes the requests of S3. */
  public AuditTrail trail() {
    return log == null
        ? AuditTrail.OFF
        : new RequestAudit(log, settings.required(), settings.dataBuckets());
  }

  /** Takes the orders of the admin API. */
  public OrderAudit orders() {
    return new OrderAudit(log, settings.required());
  }

  /** Answers the admin API. */
  public AuditApi api() {
    return new AuditApi(new AuditVerification(calls, peers));
  }

  /** What the metrics tell of it; zeros where no log is kept. */
  public AuditFigures figures() {
    return AuditFigures.of(log, webhook);
  }

  /** Stops; the last entries are written, and others told of them, for some seconds at most. */
  public void close() {
    if (webhook != null) {
      webhook.stop();
    }
    if (keeper != null && log != null) {
      keeper.stop();
      log.record(AuditEntry.ofLog("Stop", ""));
      log.close();
      keeper.last();
    }
  }
}
