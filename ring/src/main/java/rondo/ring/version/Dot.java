package rondo.ring.version;

/**
 * One write of a key, named by who coordinated it.
 *
 * @param life of the node's memory: another one after each start
 * @param counter larger than those of the key's earlier writes in that life
 */
public record Dot(long node, long life, long counter) {
  Actor actor() {
    return new Actor(node, life);
  }
}
