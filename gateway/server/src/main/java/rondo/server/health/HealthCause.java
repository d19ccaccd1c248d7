package rondo.server.health;

import static rondo.server.health.HealthQuestion.LIVE;
import static rondo.server.health.HealthQuestion.QUORUM;
import static rondo.server.health.HealthQuestion.READY;
import static rondo.server.health.HealthQuestion.WHOLE;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Everything that can be the reason for a no, or a warning. Metrics show each of them at all times,
 * and each has an alert, so that none is added silently.
 */
public enum HealthCause {
  /** An event loop stands still. */
  STANDSTILL(LIVE),
  /** The node takes no part in its cluster. */
  NO_MEMBER(READY, QUORUM, WHOLE),
  /** The node is about to stop. */
  STOPPING(READY),
  /** The node's clock is too far from the others'. */
  CLOCK(READY),
  /** Rows that damage took are being rebuilt. */
  REBUILDING(READY),
  /** Partitions that the node's disk had aren't back yet. */
  REFILLING(READY),
  /** Too many partitions lack a quorum for the node to serve clients. */
  QUORUMS_LOST(READY),
  /** Partitions can't be read. */
  UNREADABLE(QUORUM),
  /** Partitions can't be written. */
  UNWRITABLE(QUORUM),
  /** Partitions have too few nodes with room. */
  NO_ROOM(QUORUM),
  /** Members give no answer. */
  NODES_DOWN(WHOLE),
  /** A member is away, as was announced. */
  MAINTENANCE(WHOLE),
  /** Copies have no node. */
  SEATS_VACANT(WHOLE),
  /** Copies are in fewer zones than there are. */
  ZONES(WHOLE),
  /** Metadata is damaged, and its extent isn't known yet. */
  METADATA_DAMAGED(WHOLE),
  /** Damage took rows. */
  ROWS_LOST(WHOLE),
  /** Partitions lack rows. */
  ROWS_MISSING(WHOLE),
  /** Partitions can't be compared with one of their nodes. */
  ROWS_UNREACHABLE(WHOLE),
  /** Chunks are missing. */
  CHUNKS_MISSING(WHOLE),
  /** A node's chunks can't be listed. */
  CHUNKS_UNREACHABLE(WHOLE),
  /** Writes wait for a node that has missed them. */
  WRITES_MISSED(WHOLE),
  /** Chunks are damaged. */
  CHUNKS_DAMAGED(WHOLE),
  /** A data folder has failed. */
  FOLDER_FAILED(WHOLE),
  /** The last reading of everything is overdue. */
  UNVERIFIED(WHOLE),
  /** The process stood still, and has yet to compare its copies. */
  PAUSED(WHOLE),
  /** The node has yet to compare its copies. */
  COMPARING(WHOLE),
  /** A disk takes no new data; a warning as well. */
  DISK_FULL(WHOLE),
  /** Chunks can't leave a folder that is being drained; a warning only. */
  DRAIN_WAITS,
  /** A disk takes nothing more from changes of the layout; a warning only. */
  DISK_TAKES_NO_MOVES,
  /** A disk fills; a warning only. */
  DISK_FILLING,
  /** Lines of the access log are lost; a warning only. */
  ACCESS_LOG_LOSES,
  /** Entries of the audit log are lost; a warning only. */
  AUDIT_LOSES,
  /** The webhook takes no entries of the audit log; a warning only. */
  AUDIT_WEBHOOK,
  /** Scheduled backups fail, or are late; a warning only. */
  BACKUP_LATE;

  /** Unmodifiable. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<HealthQuestion> questions;

  HealthCause(HealthQuestion... questions) {
    this.questions = List.of(questions);
  }

  /** The name in metrics, JSON and alerts: lower-case words with hyphens. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The questions that it can answer with no; none for one that is a warning only. */
  public List<HealthQuestion> questions() {
    return questions;
  }

  /** Whether it can be a warning. */
  public boolean isWarning() {
    return questions.isEmpty() || this == DISK_FULL;
  }

  /** The causes that can answer a question with no. */
  public static List<HealthCause> of(HealthQuestion question) {
    return Arrays.stream(values()).filter(cause -> cause.questions.contains(question)).toList();
  }
}
