package rondo.metadata.engine;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The checkpoints in which damage was found and that still are in use. Thread-safe. */
final class Damaged {
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
  void onNews(Runnable told) {
    news = told;
  }

  void found(long checkpoint) {
    if (found.add(checkpoint)) {
      news.run();
    }
  }

  boolean contains(long checkpoint) {
    return found.contains(checkpoint);
  }

  /** Whether there is one that was not tried yet. */
  boolean isWaiting() {
    return !stuck.containsAll(found);
  }

  boolean isWaiting(long checkpoint) {
    return found.contains(checkpoint) && !stuck.contains(checkpoint);
  }

  void stuck(long checkpoint) {
    stuck.add(checkpoint);
  }

  void again() {
    stuck.clear();
    news.run();
  }

  /** It is in use no more. */
  void gone(long checkpoint) {
    found.remove(checkpoint);
    stuck.remove(checkpoint);
  }

  /** Others than these are in use no more. */
  void keep(Collection<Long> used) {
    found.retainAll(used);
    stuck.retainAll(used);
  }

  int count() {
    return found.size();
  }
}
