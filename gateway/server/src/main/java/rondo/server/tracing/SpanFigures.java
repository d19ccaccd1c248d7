package rondo.server.tracing;

/**
 * How many spans there were.
 *
 * @param sent that the collector has taken
 * @param lost that had no place in the queue, or that the collector didn't take
 */
public record SpanFigures(long sent, long lost) {
  /** Those of a node that traces nothing. */
  public static final SpanFigures NONE = new SpanFigures(0, 0);
}
