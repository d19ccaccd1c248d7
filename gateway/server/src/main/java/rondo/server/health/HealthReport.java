package rondo.server.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The answers to all questions about a node's health at one moment.
 *
 * @param reasons those against a yes, in the questions' order
 * @param warnings what an operator should see to before it becomes a reason
 * @param note words to add to a ready node's answer, such as that it sheds load; usually empty
 */
public record HealthReport(List<HealthReason> reasons, List<HealthReason> warnings, String note) {
  public HealthReport {
    reasons = List.copyOf(reasons);
    warnings = List.copyOf(warnings);
  }

  /** Whether the question is answered with yes. */
  public boolean isGood(HealthQuestion question) {
    return reasons.stream().noneMatch(reason -> reason.question() == question);
  }

  /** The reasons why a question is answered with no. */
  public List<HealthReason> of(HealthQuestion question) {
    return reasons.stream().filter(reason -> reason.question() == question).toList();
  }

  /** The answer in words, a line for each reason. */
  public String text(HealthQuestion question) {
    if (isGood(question)) {
      boolean noted = question == HealthQuestion.READY && !note.isEmpty();
      return question.yes() + (noted ? ", " + note : "") + "\n";
    }
    return of(question).stream()
        .map(reason -> reason.sentence() + "\n")
        .collect(Collectors.joining());
  }

  /** All answers by question, ready to become JSON. */
  public Map<String, Object> view() {
    var view = new LinkedHashMap<String, Object>();
    for (HealthQuestion question : HealthQuestion.values()) {
      var answer = new LinkedHashMap<String, Object>();
      answer.put("good", isGood(question));
      answer.put("reasons", of(question).stream().map(HealthReport::view).toList());
      view.put(question.key(), answer);
    }
    view.put("warnings", warnings.stream().map(HealthReport::view).toList());
    return view;
  }

  private static Map<String, Object> view(HealthReason reason) {
    var view = new LinkedHashMap<String, Object>();
    view.put("name", reason.name());
    view.put("number", reason.number());
    view.put("sentence", reason.sentence());
    return view;
  }
}
