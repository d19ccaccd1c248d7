package rondo.server.backup;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.server.backup.BackupProgress.StoppedException;
import rondo.server.backup.file.BackupException;
import rondo.server.backup.file.BackupFiles;
import rondo.server.backup.file.BackupManifest;
import rondo.server.backup.file.BackupManifest.StoredFile;
import rondo.server.backup.file.BackupTarget;
import rondo.server.backup.file.RecoveryKey;
import rondo.storage.folder.DiskException;
import rondo.store.row.StoreException;
import rondo.store.system.SystemPorts;

/**
 * Carries out orders about backups in the background of one node, one at a time, and tells how far
 * they are. Thread-safe.
 */
public final class BackupJobs {
  private static final Logger LOG = LoggerFactory.getLogger(BackupJobs.class);

  private final BackupCluster cluster;
  private @Nullable BackupProgress current;

  public BackupJobs(BackupCluster cluster) {
    this.cluster = cluster;
  }

  /** What an order has done, for JSON. */
  @FunctionalInterface
  private interface Work {
    Map<String, Object> run(BackupTarget target, BackupProgress progress);
  }

  /**
   * Begins a backup.
   *
   * @return how far it is
   * @throws BackupException when it can't begin
   */
  public Map<String, Object> backUp(BackupOrder asked) {
    BackupOrder order = asked.id().isEmpty() ? asked.of(BackupRun.newId()) : asked;
    RecoveryKey.seals(order.key());
    cluster.members();
    return start(
        "backup",
        order,
        (target, progress) -> shown(new BackupRun(cluster, target, order, progress).run()));
  }

  /**
   * Begins a restore.
   *
   * @return how far it is
   * @throws BackupException when it can't begin
   */
  public Map<String, Object> restore(BackupOrder order) {
    RecoveryKey.opens(order.key());
    return start(
        "restore",
        order,
        (target, progress) -> new RestoreRun(cluster, target, order, progress).run());
  }

  /**
   * Begins to verify a backup.
   *
   * @return how far it is
   * @throws BackupException when it can't begin
   */
  public Map<String, Object> verify(BackupOrder order) {
    return start(
        "verify",
        order,
        (target, progress) -> {
          BackupManifest manifest = BackupManifest.choose(target, order.id());
          List<String> damaged = new VerifyRun(target, order, manifest, progress).run();
          Map<String, Object> result = shown(manifest);
          result.put("damaged", damaged);
          return result;
        });
  }

  private synchronized Map<String, Object> start(String name, BackupOrder order, Work work) {
    if (isRunning()) {
      throw new BackupException(
          "this node is at work on an order already: 'rondo backup status' shows it, and 'rondo"
              + " backup stop' ends it");
    }
    BackupTarget target = order.open();
    var progress = new BackupProgress(name, order.id(), order.target(), SystemPorts.TIME);
    current = progress;
    SystemPorts.TASKS.start(name, () -> run(name, work, target, progress));
    return progress.view();
  }

  private static void run(String name, Work work, BackupTarget target, BackupProgress progress) {
    String why = "it broke off: the node's log says why";
    try {
      LOG.info("{} begins: {}", name, target);
      progress.done(work.run(target, progress));
      why = "";
    } catch (BackupException e) {
      why = String.valueOf(e.getMessage());
    } catch (StoppedException _) {
      why = "it was stopped";
    } catch (StoreException e) {
      why = "too few nodes answer: " + e.message();
    } catch (DiskException e) {
      why = String.valueOf(e.getMessage());
    } finally {
      if (!why.isEmpty()) {
        progress.failed(why);
      }
      LOG.info("{} of {} ends{}", name, target, why.isEmpty() ? "" : ": " + why);
    }
  }

  /** Lists the whole backups of a target, the newest first. */
  public List<Map<String, Object>> list(BackupOrder order) {
    return BackupManifest.all(order.open()).stream().map(BackupJobs::shown).toList();
  }

  /** Returns the sealed master keys of a backup, and whose they are. */
  public Map<String, Object> keys(BackupOrder order) {
    BackupTarget target = order.open();
    BackupManifest manifest = BackupManifest.choose(target, order.id());
    StoredFile file = BackupFiles.ofKind(manifest, BackupFiles.KEYS).getFirst();
    byte[] sealed = BackupFiles.read(target, BackupManifest.folder(manifest.origin().id()), file);
    var view = shown(manifest);
    view.put("sealed", Base64.getEncoder().encodeToString(sealed));
    return view;
  }

  /** How far the last order is, for JSON. */
  public synchronized Map<String, Object> view() {
    return current == null ? Map.of("phase", "NONE") : current.view();
  }

  /** Whether an order is under way. */
  public synchronized boolean isRunning() {
    return current != null && current.isRunning();
  }

  /** Ends the order that is under way. */
  public synchronized void stop() {
    if (current != null) {
      current.stop();
    }
  }

  private static Map<String, Object> shown(BackupManifest manifest) {
    var view = new LinkedHashMap<String, Object>();
    view.put("backup", manifest.origin().id());
    view.put("cluster", manifest.origin().cluster());
    view.put("cutAt", manifest.origin().cutAt());
    view.put("recoveryKey", manifest.recoveryKey());
    view.put("rowCount", manifest.content().rows().number());
    view.put("chunkCount", manifest.content().chunks().number());
    view.put("chunkBytes", manifest.content().chunks().bytes());
    view.put("missing", manifest.content().missing());
    view.put("buckets", manifest.content().buckets());
    view.put("vaultKeys", manifest.content().vaultKeys());
    return view;
  }
}
