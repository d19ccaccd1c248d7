package rondo.server.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import rondo.server.backup.file.BackupException;

/** Runs the same work on several virtual threads, and passes on what ends one of them. */
final class Workers {
  private Workers() {}

  /**
   * Returns when all have ended.
   *
   * @param work ends by itself, and early in all threads once it has failed in one
   */
  static void run(int count, Runnable work) {
    List<FutureTask<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      var task = new FutureTask<>(work, true);
      tasks.add(task);
      Thread.ofVirtual().name("backup").start(task);
    }
    RuntimeException first = null;
    for (FutureTask<Boolean> task : tasks) {
      RuntimeException failure = failure(task);
      first = first == null ? failure : first;
    }
    if (first != null) {
      throw first;
    }
  }

  private static @Nullable RuntimeException failure(FutureTask<Boolean> task) {
    try {
      task.get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new BackupException("the node stops", e);
    }
  }
}
