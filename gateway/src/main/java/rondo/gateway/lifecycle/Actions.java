package rondo.gateway.lifecycle;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rondo.gateway.s3.S3Error;
import rondo.gateway.s3.S3Exception;
import rondo.gateway.s3.lifecycle.Due;
import rondo.gateway.s3.lifecycle.Rules;
import rondo.gateway.s3.lifecycle.Subject;
import rondo.gateway.store.Bucket;
import rondo.gateway.store.RefusalException;
import rondo.gateway.store.Store;
import rondo.gateway.store.Stored;
import rondo.gateway.store.VersionId;
import rondo.gateway.store.VersionListing;
import rondo.metadata.rows.ObjectRow;
import rondo.ring.register.Bytes;

/**
 * Does what is due, each thing on the condition that it still is: what is there when it is written
 * is judged once more, so that nothing newer is ever touched. Thread-safe.
 */
record Actions(Store store, Bucket bucket, Rules rules, long nowMicros, Counters counters) {
  /** Each waits for some round trips. */
  private static final int AT_ONCE = 8;

  /**
   * Does all of it; what fails is left to the next walk. Versions of one key go one after the
   * other: they share a head, so at once they would only be in each other's way.
   */
  void take(List<Found> all) {
    if (all.isEmpty()) {
      return;
    }
    var room = new Semaphore(AT_ONCE);
    var names = Thread.ofVirtual().name("lifecycle-action-", 0).factory();
    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(names)) {
      for (List<Found> ofKey : byKey(all)) {
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

  private static Collection<List<Found>> byKey(List<Found> all) {
    return all.stream()
        .collect(
            Collectors.groupingBy(
                found -> found.subject().key(), LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  private void take(Found found) {
    try {
      act(found.subject(), found.due());
      counters.done(found.due());
    } catch (RefusalException refused) {
      switch (S3Exception.of(refused).error()) {
        // Changed, protected, or gone: it is to stay.
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

  private void act(Subject subject, Due due) {
    switch (due) {
      case Due.Expire _ when subject instanceof Subject.Current it ->
          store.objects().delete(bucket, it.key(), marker(), row -> refusal(again(it, row), due));
      case Due.Expire _ when subject instanceof Subject.Noncurrent it ->
          store
              .objects()
              .remove(bucket, it.key(), id(it.row()), row -> refusal(again(it, row), due));
      case Due.RemoveMarker _ when subject instanceof Subject.Current it ->
          store
              .objects()
              .remove(bucket, it.key(), id(it.row()), row -> refusal(alone(it, row), due));
      case Due.Transition _ when subject instanceof Subject.Current it ->
          store.objects().change(bucket, it.key(), row -> moved(again(it, row), row));
      case Due.Transition _ when subject instanceof Subject.Noncurrent it ->
          store.objects().change(bucket, it.key(), id(it.row()), row -> moved(again(it, row), row));
      case Due.Abort _ when subject instanceof Subject.Begun it ->
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

  private static Subject.@Nullable Current again(Subject.Current it, @Nullable ObjectRow row) {
    return row == null ? null : new Subject.Current(it.key(), row, it.versioned(), false);
  }

  /**
   * Null for a version that has become the current one again. Looked up after the state that the
   * write will replace: if that is still there when it is written, so was this.
   */
  private Subject.@Nullable Noncurrent again(Subject.Noncurrent it, @Nullable ObjectRow row) {
    Stored current = store.objects().find(bucket, it.key(), null);
    return row == null || current == null || id(current.row()).equals(id(row))
        ? null
        : new Subject.Noncurrent(it.key(), row, it.sinceMicros(), it.newer());
  }

  /** Null unless the marker is all that there is of its key. */
  private Subject.@Nullable Current alone(Subject.Current it, @Nullable ObjectRow row) {
    Bytes key = Bytes.utf8(it.key());
    long versions =
        new VersionListing(
                store.objects(), store.listing(), bucket, new VersionListing.Scope(key, null, 2))
            .from(key).entries().stream().filter(entry -> entry.name().equals(it.key())).count();
    return row == null || versions != 1
        ? null
        : new Subject.Current(it.key(), row, it.versioned(), true);
  }

  /** Null when the same is still to be done with what is there now. */
  private @Nullable S3Exception refusal(@Nullable Subject now, Due due) {
    return now != null && rules.due(now, nowMicros).getClass() == due.getClass() ? null : changed();
  }

  private ObjectRow moved(@Nullable Subject now, ObjectRow row) {
    if (now == null || !(rules.due(now, nowMicros) instanceof Due.Transition(_, String to))) {
      throw changed();
    }
    return row.toBuilder().setStorageClass(to.equals("STANDARD") ? "" : to).build();
  }

  /** What is there isn't what was judged. */
  private static S3Exception changed() {
    return new S3Exception(S3Error.PRECONDITION_FAILED);
  }
}
