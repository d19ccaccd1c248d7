package rondo.metadata.engine.block;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The checkpoints in which damage was found and that still are in use. Thread-safe. */
public final class DamagedCheckpoints {
  private final Set<Long> found = ConcurrentHashMap.newKeySet();

  /**
   * Those that couldn't be written anew, for want of room perhaps: tried again with a merge or
   * scrub.
   */
  private final Set<Long> stuck = ConcurrentHashMap.newKeySet();

  private volatile Runnable news = () -> {};

  /**
   * @param told when there is one more, or one to be tried again
   */
  public void onNews(Runnable told) {
    news = told;
  }

  public void found(long checkpoint) {
    if (found.add(checkpoint)) {
      news.run();
    }
  }

  public boolean contains(long checkpoint) {
    return found.contains(checkpoint);
  }

  /** Whether there is one that was not tried yet. */
  public boolean isWaiting() {
    return !stuck.containsAll(found);
  }

  public boolean isWaiting(long checkpoint) {
    return found.contains(checkpoint) && !stuck.contains(checkpoint);
  }

  public void stuck(long checkpoint) {
    stuck.add(checkpoint);
  }

  public void again() {
    stuck.clear();
    news.run();
  }

  /** It is in use no more. */
  public void gone(long checkpoint) {
    found.remove(checkpoint);
    stuck.remove(checkpoint);
  }

  /** Others than these are in use no more. */
  public void keep(Collection<Long> used) {
    found.retainAll(used);
    stuck.retainAll(used);
  }

  public int count() {
    return found.size();
  }
}
