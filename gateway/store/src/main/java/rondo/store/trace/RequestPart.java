package rondo.store.trace;

/**
 * A part of the time that a request took.
 *
 * @param name what was done, such as {@code Propagate}
 * @param node the node that did it, as it is written; empty for the node that the client asked
 * @param startNanos of {@link System#nanoTime}
 * @param endNanos when it ended, or when the request did that no longer waited for it
 * @param ended false where the request didn't wait for the end
 */
public record RequestPart(
    String name, String node, long startNanos, long endNanos, boolean ended) {}
