package rondo.server.storage;

import rondo.ring.gossip.RoundRecord;
import rondo.ring.value.Bytes;
import rondo.storage.folder.DurableValue;

/**
 * Keeps a node's rounds of gossip in a file of its own: the number of a start, and how many rounds
 * that start may have told.
 */
public final class StoredRounds implements RoundRecord {
  private final DurableValue value;
  private final long life;
  private final long start;
  private final long rounds;

  /**
   * @param life the number of this start
   */
  public StoredRounds(DurableValue value, long life) {
    this.value = value;
    this.life = life;
    String[] words = value.read().map(bytes -> bytes.utf8().split(" ")).orElse(new String[0]);
    this.start = words.length == 2 ? Long.parseLong(words[0]) : -1;
    this.rounds = words.length == 2 ? Long.parseLong(words[1]) : 0;
  }

  @Override
  public long start() {
    return start;
  }

  @Override
  public long rounds() {
    return rounds;
  }

  @Override
  public void reserve(long count) {
    value.write(Bytes.utf8(life + " " + count));
  }
}
