package rondo.server.kubernetes;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rondo.server.health.HealthQuestion;
import tools.jackson.databind.JsonNode;

/**
 * A condition of a pod, as Kubernetes has them.
 *
 * @param type such as {@code rondo/Whole}
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param reason a word for programs
 * @param message a sentence for people, of 1,000 characters at most
 */
record HealthCondition(String type, String status, String reason, String message) {
  /** An event's message may have 1,024 bytes; sentences are in ASCII but for names in them. */
  private static final int LONGEST = 1000;

  /** The questions that have a condition; those of being alive and ready are Kubernetes' own. */
  private static final List<HealthQuestion> ASKED =
      List.of(HealthQuestion.WHOLE, HealthQuestion.QUORUM);

  /**
   * The conditions that follow from a node's health.
   *
   * @param health the page of a node; null where it gave none
   * @param failure why it gave none
   */
  static List<HealthCondition> of(@Nullable JsonNode health, String failure) {
    return ASKED.stream().map(question -> of(question, health, failure)).toList();
  }

  private static HealthCondition of(
      HealthQuestion question, @Nullable JsonNode health, String failure) {
    String name = question == HealthQuestion.WHOLE ? "Whole" : "Quorum";
    String type = "rondo/" + name;
    if (health == null || !health.path(question.key()).has("good")) {
      return new HealthCondition(type, "Unknown", "NoAnswer", cut(failure));
    }
    JsonNode answer = health.path(question.key());
    if (answer.path("good").asBoolean()) {
      return new HealthCondition(type, "True", name, question.yes());
    }
    String sentences =
        answer
            .path("reasons")
            .valueStream()
            .map(reason -> reason.path("sentence").asString(""))
            .collect(Collectors.joining(" "));
    return new HealthCondition(type, "False", "Not" + name, cut(sentences));
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  /** Whether it holds. */
  boolean isYes() {
    return status.equals("True");
  }

  /** Whether it is known not to hold. */
  boolean isNo() {
    return status.equals("False");
  }
}
