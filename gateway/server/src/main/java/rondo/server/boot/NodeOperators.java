package rondo.server.boot;

import static rondo.store.system.SystemPorts.TASKS;
import static rondo.store.system.SystemPorts.TIME;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.quorum.Messenger;
import rondo.ring.value.NodeId;
import rondo.s3.encryption.MasterKeyring;
import rondo.s3.identity.Identities;
import rondo.server.admin.BucketGrants;
import rondo.server.admin.DiskApi;
import rondo.server.admin.NodeOrders;
import rondo.server.admin.NodeStop;
import rondo.server.admin.TokenApi;
import rondo.server.api.ApiFamily;
import rondo.server.backup.BackupApi;
import rondo.server.backup.BackupCluster;
import rondo.server.backup.BackupJobs;
import rondo.server.backup.schedule.BackupFigures;
import rondo.server.backup.schedule.JobMaker;
import rondo.server.backup.schedule.ScheduleApi;
import rondo.server.backup.schedule.ScheduledBackups;
import rondo.server.link.NodeLinks;
import rondo.server.process.ClosingStack;
import rondo.server.process.StopSignal;
import rondo.server.storage.NodeKeyring;
import rondo.server.storage.NodeStorage;
import rondo.server.storage.TokenIssuer;
import rondo.store.Store;

/** Makes what operators can do to a node. */
record NodeOperators(
    NodeSettings settings,
    NodeStorage storage,
    NodeLinks links,
    NodeRing ring,
    NodeStatus status,
    BackupFigures figures,
    ClosingStack closings) {
  List<ApiFamily> families(Store store, Identities identities) {
    var wait = settings.configuration().member().stopWait();
    var absences = status.healths().absences();
    var stop = new NodeStop(status.membership(), absences, wait, StopSignal::raise);
    var nodes = new NodeOrders(status.membership(), absences);
    var disks = new DiskApi(storage, settings.configuration().member().capacityBytes() == 0);
    Path first = settings.configuration().storage().first();
    var issuer = new TokenIssuer(first, storage.folders().token().first());
    var tokens = new TokenApi(status.membership(), issuer, TIME);
    var jobs = new BackupJobs(backups(store, first));
    return List.of(
        stop,
        nodes,
        disks,
        new BucketGrants(store, identities),
        tokens,
        status.rescue(),
        new BackupApi(jobs),
        new ScheduleApi(scheduled(jobs, first)));
  }

  private ScheduledBackups scheduled(BackupJobs jobs, Path first) {
    var backups =
        new ScheduledBackups(new JobMaker(jobs), this::place, first, figures, TASKS.mailbox());
    backups.start(TASKS, TIME);
    closings.add(backups::stop);
    return backups;
  }

  private ScheduledBackups.@Nullable Place place() {
    Layout layout = ring.layouts().installed();
    if (layout == null) {
      return null;
    }
    NodeId self = storage.folders().peer().self();
    long before = layout.nodes().stream().filter(node -> node.id().compareTo(self) < 0).count();
    return new ScheduledBackups.Place(layout.cluster(), self.toString(), (int) before);
  }

  private BackupCluster backups(Store store, Path first) {
    MasterKeyring keys =
        settings.isGateway()
            ? NodeKeyring.open(
                settings.configuration().secrets().keys(), storage.folders().token(), first)
            : null;
    var messenger = new Messenger(links.network(), TASKS, TIME);
    return new BackupCluster(store, ring.layouts()::installed, messenger, keys, first);
  }
}
