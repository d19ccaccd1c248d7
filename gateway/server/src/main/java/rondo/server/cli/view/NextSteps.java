package rondo.server.cli.view;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import rondo.server.health.HealthCause;
import tools.jackson.databind.JsonNode;

/** Says what to do about the reasons of a node's health. Pure. */
final class NextSteps {
  private NextSteps() {}

  /** The steps for all reasons and warnings of a health, each once, in their order. */
  static List<String> of(JsonNode health) {
    var steps = new LinkedHashSet<String>();
    for (JsonNode question : health) {
      JsonNode reasons = question.isArray() ? question : question.path("reasons");
      reasons.forEach(reason ->
          cause(reason.path("name").asString()).map(NextSteps::step).ifPresent(steps::add));
    }
    return List.copyOf(steps);
  }

  /** A node of another version may have a cause that this program doesn't know. */
  private static Optional<HealthCause> cause(String key) {
    return Arrays.stream(HealthCause.values()).filter(it -> it.key().equals(key)).findFirst();
  }

  private static String step(HealthCause cause) {
    return switch (cause) {
      case STANDSTILL -> "restart this node, and keep a thread dump (jstack) for a report";
      case NO_MEMBER -> "see in the first line of its log why it is no member";
      case STOPPING -> "wait until the node has stopped";
      case CLOCK -> "set the clock, as by 'chronyc makestep'";
      case REBUILDING, ROWS_LOST -> "'rondo losses' shows the rebuild: wait for it";
      case REFILLING -> "wait; 'rondo limits --copy RATE' makes it faster";
      case QUORUMS_LOST, UNREADABLE, UNWRITABLE ->
          "start the nodes that are down; if too many are gone for good, 'rondo rescue' shows the"
              + " way out (docs/operate/quorum-gone-for-good.md)";
      case NODES_DOWN ->
          "start the nodes that are down; 'rondo node lose NODE' gives one up for good";
      case NO_ROOM, DISK_FULL, DISK_TAKES_NO_MOVES, DISK_FILLING ->
          "add a disk or a node, or delete objects";
      case MAINTENANCE -> "start the node again, or 'rondo node maintenance NODE --end'";
      case SEATS_VACANT -> "add a node, or 'rondo layout stage copies N' and 'rondo layout apply'";
      case ZONES -> "give the zones with fewer copies more capacity: 'rondo ring' shows them";
      case METADATA_DAMAGED, ROWS_MISSING, CHUNKS_MISSING, COMPARING, PAUSED ->
          "wait: repair goes on by itself";
      case ROWS_UNREACHABLE, CHUNKS_UNREACHABLE, WRITES_MISSED ->
          "start the nodes that are down, or wait until they have what they missed";
      case CHUNKS_DAMAGED -> "'rondo scrub' lists what is damaged until it is replaced";
      case FOLDER_FAILED -> "see to the disk: 'rondo disk list', then 'rondo disk replace FOLDER'";
      case DRAIN_WAITS -> "make room in the other folders, or 'rondo disk drain FOLDER --cancel'";
      case ACCESS_LOG_LOSES -> "see to the disk of --access-log, or to what reads its output";
      case AUDIT_LOSES -> "see to the disk of the first data folder, or to who sends so much";
      case AUDIT_WEBHOOK -> "see to the collector of --audit-webhook";
      case BACKUP_LATE -> "see to the target: 'rondo backup schedule' says what is wrong";
      case UNVERIFIED -> "'rondo scrub --now' when there is little to do, or raise --scrub-every";
    };
  }
}
