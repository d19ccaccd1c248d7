package rondo.ring.version;

/**
 * The name of one write to a key.
 *
 * @param node the write's coordinator
 * @param life of the coordinator's {@link DotSource}, which begins a new one at each start and when
 *     it forgets its keys
 * @param counter larger than the counters of the key's earlier writes in that life
 */
public record Dot(long node, long life, long counter) {
  Actor actor() {
    return new Actor(node, life);
  }
}
