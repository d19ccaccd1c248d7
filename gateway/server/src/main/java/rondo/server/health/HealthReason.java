package rondo.server.health;

/**
 * A reason why a question about a node's health is answered with no.
 *
 * @param cause what it is; it stays the same while the sentence changes
 * @param number how much is concerned, in the unit that the sentence names; at least 1
 * @param sentence what is wrong, with the number, and what to do about it
 */
public record HealthReason(
    HealthQuestion question, HealthCause cause, long number, String sentence) {
  public HealthReason {
    if (!cause.isWarning() && !cause.questions().contains(question)) {
      throw new IllegalStateException(cause + " is no reason against " + question);
    }
  }

  /** The cause's name: lower-case words with hyphens. */
  public String name() {
    return cause.key();
  }
}
