package rondo.server.health;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Writes a line when the answer to a question changes, or the names of the reasons for it. An
 * answer that changes back at once, as whole does while a single write is repaired, is left out.
 * Used by one thread.
 */
public final class HealthLog {
  private final Consumer<String> lines;
  private final Map<HealthQuestion, List<String>> told = new EnumMap<>(HealthQuestion.class);
  private final Map<HealthQuestion, List<String>> seen = new EnumMap<>(HealthQuestion.class);
  private List<String> warned = List.of();
  private final Map<HealthQuestion, Integer> times = new EnumMap<>(HealthQuestion.class);

  /**
   * @param lines takes each line
   */
  public HealthLog(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Takes note of the health; called every second. */
  public void note(HealthReport report) {
    for (HealthQuestion question : HealthQuestion.values()) {
      List<String> names = report.of(question).stream().map(HealthReason::name).sorted().toList();
      boolean again = names.equals(seen.put(question, names));
      int count = times.merge(question, 1, (before, one) -> again ? before + one : one);
      if (count >= patience(question) && !names.equals(told.getOrDefault(question, List.of()))) {
        told.put(question, names);
        lines.accept(line(report, question));
      }
    }
    List<String> names = report.warnings().stream().map(HealthReason::name).sorted().toList();
    if (!names.equals(warned)) {
      warned = names;
      report.warnings().forEach(warning -> lines.accept("warning: " + warning.sentence()));
    }
  }

  /** How many times in a row an answer is the same before it counts. */
  private static int patience(HealthQuestion question) {
    return question == HealthQuestion.WHOLE ? 5 : 1;
  }

  private static String line(HealthReport report, HealthQuestion question) {
    String reasons =
        report.of(question).stream().map(HealthReason::sentence).collect(Collectors.joining(" "));
    return "health/" + question.key() + (reasons.isEmpty() ? ": yes" : ": no. " + reasons);
  }
}
