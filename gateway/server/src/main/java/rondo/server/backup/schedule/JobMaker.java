package rondo.server.backup.schedule;

import java.util.List;
import java.util.Map;
import rondo.server.backup.BackupJobs;
import rondo.server.backup.BackupOrder;
import rondo.store.row.RandomIds;

/** Has the node's own jobs make the backups. Thread-safe. */
public record JobMaker(BackupJobs jobs) implements ScheduledBackups.Maker {
  @Override
  public void begin(BackupOrder order) {
    jobs.backUp(order);
  }

  @Override
  public ScheduledBackups.State state() {
    Map<String, Object> view = jobs.view();
    String id = String.valueOf(view.get("id"));
    String failure = String.valueOf(view.getOrDefault("failure", ""));
    if (view.get("result") instanceof Map<?, ?> result
        && result.get("missing") instanceof List<?> missing
        && !missing.isEmpty()) {
      failure = "no node had %,d chunks whole: 'rondo missing' says why".formatted(missing.size());
    }
    return new ScheduledBackups.State(id, jobs.isRunning(), failure);
  }

  @Override
  public String newId() {
    return new RandomIds().next().toString();
  }
}
