package rondo.metadata.engine.block;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The damaged checkpoints that are still in use. Thread-safe. */
public final class DamagedCheckpoints {
  private final Set<Long> found = ConcurrentHashMap.newKeySet();

  /**
   * Checkpoints whose salvage failed, perhaps for want of room: tried again after a merge or a
   * scrub.
   */
  private final Set<Long> stuck = ConcurrentHashMap.newKeySet();

  private volatile Runnable news = () -> {};

  /**
   * @param told runs when another checkpoint is damaged, or one is to be tried again
   */
  public void onNews(Runnable told) {
    news = told;
  }

  /** Takes note of a damaged checkpoint. */
  public void found(long checkpoint) {
    if (found.add(checkpoint)) {
      news.run();
    }
  }

  public boolean contains(long checkpoint) {
    return found.contains(checkpoint);
  }

  /** Whether a checkpoint's salvage has not been tried yet. */
  public boolean isWaiting() {
    return !stuck.containsAll(found);
  }

  /** Whether this checkpoint's salvage has not been tried yet. */
  public boolean isWaiting(long checkpoint) {
    return found.contains(checkpoint) && !stuck.contains(checkpoint);
  }

  /** Takes note that a checkpoint's salvage has failed. */
  public void stuck(long checkpoint) {
    stuck.add(checkpoint);
  }

  /** Makes all failed salvages be tried again. */
  public void again() {
    stuck.clear();
    news.run();
  }

  /** Forgets a checkpoint that is no longer in use. */
  public void gone(long checkpoint) {
    found.remove(checkpoint);
    stuck.remove(checkpoint);
  }

  /** Forgets all checkpoints but {@code used}. */
  public void keep(Collection<Long> used) {
    found.retainAll(used);
    stuck.retainAll(used);
  }

  /** Returns how many damaged checkpoints are in use. */
  public int count() {
    return found.size();
  }
}
