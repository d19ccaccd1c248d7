package rondo.s3.sweep;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.ring.value.Bytes;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.lifecycle.DueAction;
import rondo.s3.lifecycle.LifecycleRules;
import rondo.s3.lifecycle.RuleSubject;
import rondo.store.Store;
import rondo.store.listing.VersionListing;
import rondo.store.object.StoredObject;
import rondo.store.object.VersionId;
import rondo.store.row.Bucket;
import rondo.store.row.RefusalException;

/**
 * Carries out due actions. The rules judge each row once more when it is written, and an action
 * that is no longer due is dropped, so that no newer version is ever touched. Thread-safe.
 */
record LifecycleActions(
    Store store, Bucket bucket, LifecycleRules rules, long nowMicros, LifecycleCounters counters) {
  /** Actions at the same time; each waits for some round trips. */
  private static final int AT_ONCE = 8;

  /**
   * Carries out all actions; a failed one is left to the next walk. Versions of one key go one
   * after the other: they share a head, so their writes would only conflict.
   */
  void take(List<DueSubject> all) {
    if (all.isEmpty()) {
      return;
    }
    var room = new Semaphore(AT_ONCE);
    var names = Thread.ofVirtual().name("lifecycle-action-", 0).factory();
    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(names)) {
      for (List<DueSubject> ofKey : byKey(all)) {
        room.acquireUninterruptibly();
        threads.execute(() -> {
          try {
            ofKey.forEach(this::take);
          } finally {
            room.release();
          }
        });
      }
    }
  }

  private static Collection<List<DueSubject>> byKey(List<DueSubject> all) {
    return all.stream()
        .collect(
            Collectors.groupingBy(
                found -> found.subject().key(), LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  private void take(DueSubject found) {
    try {
      act(found.subject(), found.due());
      counters.done(found.due());
    } catch (RefusalException refused) {
      switch (S3Exception.of(refused).error()) {
        // The subject has changed, is protected, or is gone: nothing is to be done.
        case PRECONDITION_FAILED,
            ACCESS_DENIED,
            METHOD_NOT_ALLOWED,
            NO_SUCH_UPLOAD,
            NO_SUCH_BUCKET ->
            counters.spared.increment();
        default -> counters.failed.increment();
      }
    }
  }

  private void act(RuleSubject subject, DueAction due) {
    switch (due) {
      case DueAction.Expire _ when subject instanceof RuleSubject.Current it ->
          store.objects().delete(bucket, it.key(), marker(), row -> refusal(withRow(it, row), due));
      case DueAction.Expire _ when subject instanceof RuleSubject.Noncurrent it ->
          store
              .objects()
              .remove(bucket, it.key(), id(it.row()), row -> refusal(withRow(it, row), due));
      case DueAction.RemoveMarker _ when subject instanceof RuleSubject.Current it ->
          store
              .objects()
              .remove(bucket, it.key(), id(it.row()), row -> refusal(soleMarker(it, row), due));
      case DueAction.Transition _ when subject instanceof RuleSubject.Current it ->
          store.objects().change(bucket, it.key(), row -> moved(withRow(it, row), row));
      case DueAction.Transition _ when subject instanceof RuleSubject.Noncurrent it ->
          store
              .objects()
              .change(bucket, it.key(), id(it.row()), row -> moved(withRow(it, row), row));
      case DueAction.Abort _ when subject instanceof RuleSubject.PendingUpload it ->
          store.uploads().abort(bucket, it.key(), it.id());
      default -> throw new IllegalStateException(due + " for " + subject.key());
    }
  }

  private static VersionId id(ObjectRow row) {
    return VersionId.of(row);
  }

  private ObjectRow marker() {
    return ObjectRow.newBuilder()
        .setModifiedMicros(store.rows().wallMicros())
        .setOwner(bucket.owner())
        .build();
  }

  private static RuleSubject.@Nullable Current withRow(
      RuleSubject.Current it, @Nullable ObjectRow row) {
    return row == null ? null : new RuleSubject.Current(it.key(), row, it.versioned(), false);
  }

  /**
   * The subject with the present row; null for a version that has become the current one again. The
   * current version is read after the state that the write will replace: if the write finds that
   * state unchanged, the current version was unchanged too.
   */
  private RuleSubject.@Nullable Noncurrent withRow(
      RuleSubject.Noncurrent it, @Nullable ObjectRow row) {
    StoredObject current = store.objects().find(bucket, it.key(), null);
    return row == null || current == null || id(current.row()).equals(id(row))
        ? null
        : new RuleSubject.Noncurrent(it.key(), row, it.sinceMicros(), it.newer());
  }

  /** The subject with the present row; null unless the marker is its key's only version. */
  private RuleSubject.@Nullable Current soleMarker(
      RuleSubject.Current it, @Nullable ObjectRow row) {
    Bytes key = Bytes.utf8(it.key());
    long versions =
        new VersionListing(
                store.objects(), store.listing(), bucket, new VersionListing.Scope(key, null, 2))
            .from(key).entries().stream().filter(entry -> entry.name().equals(it.key())).count();
    return row == null || versions != 1
        ? null
        : new RuleSubject.Current(it.key(), row, it.versioned(), true);
  }

  /** Null when the action is still due for the subject as it is now. */
  private @Nullable S3Exception refusal(@Nullable RuleSubject now, DueAction due) {
    return now != null && rules.due(now, nowMicros).getClass() == due.getClass() ? null : changed();
  }

  private ObjectRow moved(@Nullable RuleSubject now, ObjectRow row) {
    if (now == null || !(rules.due(now, nowMicros) instanceof DueAction.Transition(_, String to))) {
      throw changed();
    }
    return row.toBuilder().setStorageClass(to.equals("STANDARD") ? "" : to).build();
  }

  /** The refusal for a subject that has changed since it was judged. */
  private static S3Exception changed() {
    return new S3Exception(S3Error.PRECONDITION_FAILED);
  }
}
