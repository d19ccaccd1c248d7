package rondo.server.health;

/**
 * A reason why a question about a node's health is answered with no.
 *
 * @param name lower-case words with hyphens; it stays the same while the sentence changes
 * @param number how much is concerned, in the unit that the sentence names; at least 1
 * @param sentence what is wrong, with the number, and what to do about it
 */
public record HealthReason(HealthQuestion question, String name, long number, String sentence) {}
