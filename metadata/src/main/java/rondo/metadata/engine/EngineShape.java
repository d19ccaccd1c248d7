package rondo.metadata.engine;

/**
 * How much an engine has in memory and on its disk now.
 *
 * @param memtableBytes bytes of the log whose rows are in memory alone
 * @param frozenMemtables full memtables that wait to be flushed
 * @param runs of checkpoints, each of which a read may have to look into
 * @param checkpointBytes bytes of all checkpoints
 */
public record EngineShape(long memtableBytes, int frozenMemtables, int runs, long checkpointBytes) {
  /** The shape of an engine that tells none. */
  public static final EngineShape UNKNOWN = new EngineShape(0, 0, 0, 0);
}
