package rondo.storage.node;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import rondo.metadata.shard.ShardFence;
import rondo.metadata.table.Tables;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;

/** The journals of all tails that are being moved. Thread-safe; bounded. */
final class TailJournals {
  private static final int MOST = 16;

  private final Map<Bytes, TailJournal> journals = new ConcurrentHashMap<>();

  /** Journals a changed row; called before its shard's fence can change. */
  void note(Key key) {
    if (journals.isEmpty() || !Tables.isFenced(key.table())) {
      return;
    }
    TailJournal journal = journals.get(key.partition());
    if (journal != null) {
      journal.note(key);
    }
  }

  /** Returns the journal of a move; null when there is none. */
  @Nullable TailJournal find(Bytes shard, Bytes attempt) {
    TailJournal journal = journals.get(shard);
    return journal != null && journal.attempt().equals(attempt) ? journal : null;
  }

  /** Returns the journal of a move, and begins it if there is none; null when there is no room. */
  @Nullable TailJournal open(Bytes shard, Bytes attempt, ShardFence fence) {
    TailJournal there = find(shard, attempt);
    if (there != null || (journals.size() >= MOST && !journals.containsKey(shard))) {
      return there;
    }
    var begun = new TailJournal(attempt, fence);
    journals.put(shard, begun);
    return begun;
  }

  /** Forgets the journals of moves that the fence says are over. */
  void moved(Bytes shard, ShardFence fence) {
    TailJournal journal = journals.get(shard);
    if (journal != null && !fence.isMoving(journal.attempt())) {
      journals.remove(shard);
    }
  }
}
