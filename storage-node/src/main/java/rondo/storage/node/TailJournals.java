package rondo.storage.node;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import rondo.metadata.shard.ShardFence;
import rondo.metadata.table.Tables;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;

/** The journals of all tails that are on the move. Thread-safe; bounded. */
final class TailJournals {
  private static final int MOST = 16;

  private final Map<Bytes, TailJournal> journals = new ConcurrentHashMap<>();

  /** A row has changed; told before its shard's fence can move. */
  void note(Key key) {
    if (journals.isEmpty() || !Tables.isFenced(key.table())) {
      return;
    }
    TailJournal journal = journals.get(key.partition());
    if (journal != null) {
      journal.note(key);
    }
  }

  /** The journal of that move; null when there is none. */
  @Nullable TailJournal find(Bytes shard, Bytes attempt) {
    TailJournal journal = journals.get(shard);
    return journal != null && journal.attempt().equals(attempt) ? journal : null;
  }

  /** The journal of that move, begun now if there is none; null when there is no room. */
  @Nullable TailJournal open(Bytes shard, Bytes attempt, ShardFence fence) {
    TailJournal there = find(shard, attempt);
    if (there != null || (journals.size() >= MOST && !journals.containsKey(shard))) {
      return there;
    }
    var begun = new TailJournal(attempt, fence);
    journals.put(shard, begun);
    return begun;
  }

  /** Forgets what the fence says is over. */
  void moved(Bytes shard, ShardFence fence) {
    TailJournal journal = journals.get(shard);
    if (journal != null && !fence.isMoving(journal.attempt())) {
      journals.remove(shard);
    }
  }
}
