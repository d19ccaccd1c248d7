package rondo.server.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heads of other nodes' audit logs that this node holds: a file of lines for each. None is ever
 * replaced by a later one that contradicts it; both are kept, so that verification finds the two.
 * Thread-safe.
 */
final class HeldHeads {
  private static final Logger LOG = LoggerFactory.getLogger(HeldHeads.class);
  private static final String ENDING = ".heads";

  /** Of one node: of older ones every second is let go. */
  private static final int MOST = 2000;

  /** Bounds what a rogue node can have others keep that contradicts its own log. */
  private static final int MOST_BACK = 100;

  private final Path folder;
  private final Function<String, String> keys;
  private final Map<String, List<AuditHead>> heads = new LinkedHashMap<>();

  /**
   * @param keys the SHA-256 of the key that the layout has of a node, in hex, by the node's id;
   *     empty where it has none
   */
  HeldHeads(Path folder, Function<String, String> keys) {
    this.folder = folder;
    this.keys = keys;
  }

  /** Reads what was held before. */
  synchronized void open() throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> found = Files.list(folder)) {
      for (Path file : found.filter(path -> path.toString().endsWith(ENDING)).sorted().toList()) {
        List<AuditHead> held = new ArrayList<>();
        for (String line : Files.readString(file).lines().toList()) {
          AuditHead head = AuditHead.parse(line);
          if (head != null) {
            held.add(head);
          }
        }
        String name = file.getFileName().toString();
        heads.put(name.substring(0, name.length() - ENDING.length()), held);
      }
    }
  }

  /**
   * Takes a head.
   *
   * @return why not, in a sentence; empty when it is held
   */
  synchronized String hold(AuditHead head) throws IOException {
    String known = keys.apply(head.node());
    if (!head.isSigned()) {
      return "the head isn't signed by its key";
    }
    List<AuditHead> held = heads.computeIfAbsent(head.node(), node -> new ArrayList<>());
    boolean pinned = known.isEmpty() && !held.isEmpty();
    String wanted = pinned ? held.getFirst().keyHash() : known;
    if (!wanted.isEmpty() && !wanted.equals(head.keyHash())) {
      return "the head is signed by another key than the node's";
    }
    if (held.stream()
        .anyMatch(it -> it.number() == head.number() && it.hash().equals(head.hash()))) {
      return "";
    }
    boolean back = !held.isEmpty() && head.number() <= newest(held);
    if (back && wentBack(held) >= MOST_BACK) {
      return "the node's log went back too often";
    }
    if (back) {
      LOG.warn(
          "the audit log of node {} went back to entry {}: 'rondo audit verify' tells more",
          head.node(),
          head.number());
    }
    held.add(head);
    write(head, held);
    return "";
  }

  private static long newest(List<AuditHead> held) {
    return held.stream().mapToLong(AuditHead::number).max().orElse(0);
  }

  private static long wentBack(List<AuditHead> held) {
    long back = 0;
    long newest = 0;
    for (AuditHead head : held) {
      back += head.number() <= newest ? 1 : 0;
      newest = Math.max(newest, head.number());
    }
    return back;
  }

  private void write(AuditHead head, List<AuditHead> held) throws IOException {
    Path file = folder.resolve(head.node() + ENDING);
    if (held.size() <= MOST) {
      append(file, head.json() + "\n", StandardOpenOption.APPEND);
      return;
    }
    thin(held);
    var text = new StringBuilder();
    held.forEach(it -> text.append(it.json()).append('\n'));
    Path next = folder.resolve(head.node() + ".new");
    append(next, text.toString(), StandardOpenOption.TRUNCATE_EXISTING);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void append(Path file, String text, StandardOpenOption how) throws IOException {
    Files.writeString(
        file,
        text,
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.SYNC,
        how);
  }

  /** Lets every second of the older half go, but none before or behind a step back. */
  private static void thin(List<AuditHead> held) {
    List<AuditHead> kept = new ArrayList<>();
    for (int i = 0; i < held.size(); i++) {
      boolean old = i < held.size() / 2 && i % 2 == 1;
      boolean rises =
          i > 0
              && i + 1 < held.size()
              && held.get(i - 1).number() < held.get(i).number()
              && held.get(i).number() < held.get(i + 1).number();
      if (!old || !rises) {
        kept.add(held.get(i));
      }
    }
    held.clear();
    held.addAll(kept);
  }

  /** All heads of all nodes, as they came. */
  synchronized List<AuditHead> all() {
    return heads.values().stream().flatMap(List::stream).toList();
  }
}
