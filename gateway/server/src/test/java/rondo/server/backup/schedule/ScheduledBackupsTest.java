package rondo.server.backup.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rondo.ring.port.Time;
import rondo.server.backup.BackupOrder;
import rondo.server.backup.file.BackupException;
import rondo.server.backup.file.BackupManifest;
import rondo.server.backup.file.BackupManifest.Content;
import rondo.server.backup.file.BackupManifest.Count;
import rondo.server.backup.file.BackupManifest.Origin;
import rondo.server.backup.file.FolderTarget;
import rondo.server.backup.file.RecoveryKey;
import rondo.server.backup.file.S3Access;
import rondo.store.system.SystemPorts;

/** Two nodes have one schedule, on a clock that the test moves. */
final class ScheduledBackupsTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;

  @TempDir Path folder = Path.of("");

  private long nowMillis = Instant.parse("2026-12-01T00:00:00Z").toEpochMilli();
  private BackupSchedule schedule;
  private FolderTarget target;
  private Member first;
  private Member second;

  /** A node, and what it is told about its backups. */
  private final class Member implements ScheduledBackups.Maker {
    final List<String> begun = new ArrayList<>();
    final BackupFigures figures = new BackupFigures(new Clock());
    final ScheduledBackups backups;
    ScheduledBackups.State state = new ScheduledBackups.State("", false, "");

    Member(int rank) throws IOException {
      Path own = Files.createDirectories(folder.resolve("n" + rank));
      backups =
          new ScheduledBackups(
              this,
              () -> new ScheduledBackups.Place("c", "n" + rank, rank),
              own,
              figures,
              SystemPorts.TASKS.mailbox());
    }

    @Override
    public void begin(BackupOrder order) {
      begun.add(order.id());
      state = new ScheduledBackups.State(order.id(), true, "");
    }

    @Override
    public ScheduledBackups.State state() {
      return state;
    }

    @Override
    public String newId() {
      return "id-" + begun.size();
    }

    void ends(String failure) {
      if (failure.isEmpty()) {
        whole(begun.getLast());
      }
      state = new ScheduledBackups.State(begun.getLast(), false, failure);
      backups.look();
    }
  }

  private final class Clock implements Time {
    @Override
    public long nanos() {
      return nowMillis * 1_000_000;
    }

    @Override
    public long wallMicros() {
      return nowMillis * 1000;
    }
  }

  private void whole(String id) {
    var origin = new Origin(id, "c", "", Instant.ofEpochMilli(nowMillis).toString(), List.of());
    var none = new Count(0, 0);
    var content = new Content(none, none, List.of(), List.of(), List.of());
    var manifest = new BackupManifest(BackupManifest.FORMAT, origin, "k", List.of(), content);
    target.write(BackupManifest.folder(id) + BackupManifest.FILE, manifest.encode());
  }

  @BeforeEach
  void schedule() throws IOException {
    Path place = Files.createDirectories(folder.resolve("target"));
    target = new FolderTarget(place);
    String key = RecoveryKey.make().publicHalf();
    var order = new BackupOrder(place.toString(), "", key, 0, "", "", S3Access.NONE);
    schedule = new BackupSchedule(order, HOUR / 1000);
    first = new Member(0);
    second = new Member(1);
    first.backups.set(schedule);
    second.backups.set(schedule);
  }

  private void look() {
    first.backups.look();
    second.backups.look();
  }

  @Test
  void one_node_at_a_time_makes_a_backup_when_it_is_due() {
    look();
    assertThat(first.begun).hasSize(1);
    assertThat(second.begun).isEmpty();
    // It takes longer than the first lease.
    for (int i = 0; i < 30; i++) {
      nowMillis += MINUTE;
      look();
    }
    assertThat(second.begun).isEmpty();
    first.ends("");
    nowMillis += HOUR - MINUTE;
    look();
    assertThat(first.begun).hasSize(1);
    nowMillis += MINUTE;
    look();
    assertThat(first.begun).hasSize(2).doesNotHaveDuplicates();
    assertThat(second.begun).isEmpty();
    assertThat(first.figures.trouble()).isEmpty();
  }

  @Test
  void another_node_goes_on_with_the_backup_of_one_that_has_died() {
    look();
    for (int i = 0; i < 20; i++) {
      nowMillis += MINUTE;
      second.backups.look();
    }
    assertThat(second.begun).isEqualTo(first.begun);
  }

  @Test
  void a_backup_that_fails_is_tried_again_and_told() {
    look();
    first.ends("the disk is full");
    assertThat(first.figures.trouble()).contains("fails: the disk is full.");
    assertThat(first.figures.failures()).isEqualTo(1);
    nowMillis += 5 * MINUTE;
    first.backups.look();
    assertThat(first.begun).hasSize(2);
    assertThat(first.begun.getFirst()).isEqualTo(first.begun.getLast());
    first.ends("");
    assertThat(first.figures.trouble()).isEmpty();
    assertThat(first.figures.ageSeconds()).isZero();
  }

  @Test
  void a_target_that_vanishes_is_told_and_may_come_back() throws IOException {
    Path place = folder.resolve("target");
    Files.move(place, folder.resolve("away"));
    look();
    assertThat(first.figures.trouble()).contains("there is no folder");
    Files.move(folder.resolve("away"), place);
    nowMillis += 5 * MINUTE;
    look();
    assertThat(first.begun).hasSize(1);
  }

  @Test
  void backups_that_are_late_are_told() {
    nowMillis += 3 * HOUR;
    assertThat(first.figures.trouble()).contains("180 minutes old");
    assertThat(first.figures.ageSeconds()).isEqualTo(3 * 3600);
  }

  @Test
  void a_schedule_outlives_its_node_until_it_is_ended() throws IOException {
    var again = new Member(0);
    again.backups.readSchedule();
    again.backups.look();
    assertThat(again.begun).hasSize(1);
    again.backups.end();
    var third = new Member(0);
    third.backups.readSchedule();
    third.backups.look();
    assertThat(third.begun).isEmpty();
    assertThat(third.backups.view()).containsEntry("scheduled", false);
  }

  @Test
  void a_damaged_schedule_is_told() throws IOException {
    Files.writeString(folder.resolve("n0").resolve("backup-schedule"), "{");
    first.backups.readSchedule();
    assertThat(first.figures.trouble()).contains("order it again");
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> new BackupSchedule(schedule.order(), 1))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("every minute at most");
    assertThatThrownBy(() -> new BackupOrder("/t", "", "", 0, "photos", "B", S3Access.NONE))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("no name of a bucket");
  }
}
