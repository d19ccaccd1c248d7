package rondo.server.audit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks the lines of one audit log, file by file, and then the heads that others hold of it. Used
 * by one thread.
 */
final class AuditChain {
  /** One cause may show in every line behind it. */
  private static final int MOST_FINDINGS = 50;

  /** A head, and the node that holds it. */
  record Held(String holder, AuditHead head) {}

  private final Map<Long, String> hashes = new HashMap<>();
  private final TreeSet<Long> wanted = new TreeSet<>();
  private final List<Held> heads;
  private final List<AuditLine.Drop> drops = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();
  private long first;
  private String before = "";
  private long last;
  private @Nullable String lastHash = AuditLine.NONE;
  private long lines;

  AuditChain(List<Held> heads) {
    this.heads = heads;
    heads.forEach(held -> wanted.add(held.head().number()));
  }

  /**
   * Reads a file.
   *
   * @param newest whether it is the last one, whose last line may be being written
   */
  void file(String name, byte[] bytes, boolean newest) {
    List<byte[]> all = AuditFiles.lines(bytes);
    long size = all.stream().mapToLong(line -> line.length + 1L).sum();
    if (size < bytes.length && !newest) {
      find(name + " ends in the middle of a line");
    }
    long expected = AuditFiles.firstOf(Path.of(name));
    for (int i = 0; i < all.size(); i++) {
      line(name, i + 1, expected + i, all.get(i));
    }
  }

  private void line(String file, int row, long expected, byte[] bytes) {
    lines++;
    AuditLine line = AuditLine.parse(bytes);
    if (line == null) {
      find("%s, line %d (entry %d) isn't as it was written".formatted(file, row, expected));
      begin(expected, "");
      last = expected;
      lastHash = null;
      return;
    }
    if (first == 0) {
      begin(line.number(), line.previous());
    } else if (line.number() != last + 1) {
      find(
          line.number() > last
              ? "entries %d to %d are missing".formatted(last + 1, line.number() - 1)
              : "entry %d stands behind entry %d".formatted(line.number(), last));
    } else if (lastHash != null && !line.previous().equals(lastHash)) {
      find("entry %d isn't the one that entry %d was written behind".formatted(last, last + 1));
    }
    last = line.number();
    lastHash = line.hash();
    if (wanted.contains(last)) {
      hashes.put(last, line.hash());
    }
    AuditLine.Drop drop = AuditLine.Drop.of(line.fields());
    if (drop != null) {
      drops.add(drop);
    }
  }

  private void begin(long number, String previous) {
    if (first == 0) {
      first = number;
      before = previous;
    }
  }

  private void find(String finding) {
    if (findings.size() < MOST_FINDINGS) {
      findings.add(finding);
    }
  }

  /** Compares what was read with the heads; returns everything that is wrong, in sentences. */
  List<String> end(String key) {
    if (first == 1 && !before.isEmpty() && !before.equals(AuditLine.NONE)) {
      find("the first entry isn't the beginning of a log");
    }
    if (first > 1 && !before.isEmpty() && drops.stream().noneMatch(this::explains)) {
      find(
          "the entries before %d are missing, and no line says that they were dropped"
              .formatted(first));
    }
    Map<String, AuditHead> beyond = new LinkedHashMap<>();
    for (Held held : heads) {
      AuditHead head = held.head();
      if (!head.isSigned() || !(key.isEmpty() || key.equals(head.keyHash()))) {
        find(
            "'%s' holds a head of entry %d that the node's key hasn't signed"
                .formatted(held.holder(), head.number()));
      } else if (head.number() > last) {
        beyond.merge(held.holder(), head, (one, two) -> one.number() > two.number() ? one : two);
      } else {
        compare(held.holder(), head);
      }
    }
    beyond.forEach(this::cut);
    return findings;
  }

  private boolean explains(AuditLine.Drop drop) {
    return drop.last() == first - 1 && drop.lastHash().equals(before);
  }

  private void cut(String holder, AuditHead head) {
    find(
        "%s, but '%s' holds the head of entry %d, signed at %s: what is behind was removed"
            .formatted(
                last == 0 ? "the log has no entry" : "the log ends with entry " + last,
                holder,
                head.number(),
                head.time()));
  }

  private void compare(String holder, AuditHead head) {
    String there = hashes.get(head.number());
    if (there != null && !there.equals(head.hash())) {
      find(
          "entry %d isn't the one whose head '%s' holds, signed at %s"
              .formatted(head.number(), holder, head.time()));
    }
  }

  /** The entries that were read, ready to become JSON. */
  Map<String, Object> view() {
    var view = new LinkedHashMap<String, Object>();
    view.put("entries", lines);
    view.put("first", first);
    view.put("last", last);
    return view;
  }
}
