package rondo.store.object;

import static org.assertj.core.api.Assertions.assertThat;
import static rondo.store.bucket.BucketTest.refuses;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.Retention;
import rondo.store.Store;
import rondo.store.StoreCluster;
import rondo.store.row.Bucket;
import rondo.store.row.StoreException;
import rondo.store.row.StoreException.Reason;

/** Locked versions can't be removed. */
final class ObjectLocksTest {
  private static final long NOW = 1_000;

  private final StoreCluster cluster = new StoreCluster();
  private final Store store = cluster.gateway(1);
  private final Bucket bucket;

  ObjectLocksTest() {
    store.buckets().create("b", "ann", "r");
    store
        .buckets()
        .change(
            store.buckets().find("b"),
            row -> row.toBuilder().setVersioning(BucketRow.Versioning.ENABLED).build());
    bucket = store.buckets().find("b");
  }

  private static Retention until(Retention.Mode mode, long micros) {
    return Retention.newBuilder().setMode(mode).setUntilMicros(micros).build();
  }

  private static ObjectRow retained(Retention.Mode mode, long micros) {
    return ObjectRow.newBuilder().setRetention(until(mode, micros)).build();
  }

  private static boolean goes(ObjectRow row, boolean bypass) {
    return ObjectLocks.ofRemoval(row, NOW, bypass) == null;
  }

  private static boolean becomes(ObjectRow row, Retention next, boolean bypass) {
    return ObjectLocks.ofChange(row, next, NOW, bypass) == null;
  }

  @Test
  void compliance_holds_against_anybody_and_governance_against_who_may_not_pass_over_it() {
    assertThat(goes(retained(Retention.Mode.COMPLIANCE, NOW + 1), true)).isFalse();
    assertThat(goes(retained(Retention.Mode.COMPLIANCE, NOW), false)).as("over").isTrue();
    assertThat(goes(retained(Retention.Mode.GOVERNANCE, NOW + 1), false)).isFalse();
    assertThat(goes(retained(Retention.Mode.GOVERNANCE, NOW + 1), true)).isTrue();
    assertThat(goes(ObjectRow.newBuilder().setLegalHold(ObjectRow.LegalHold.ON).build(), true))
        .isFalse();
    assertThat(goes(ObjectRow.newBuilder().setLegalHold(ObjectRow.LegalHold.OFF).build(), false))
        .isTrue();
  }

  @Test
  void retention_grows_freely_and_shrinks_only_past_governance() {
    ObjectRow compliance = retained(Retention.Mode.COMPLIANCE, NOW + 5);
    assertThat(becomes(compliance, until(Retention.Mode.COMPLIANCE, NOW + 5), false)).isTrue();
    assertThat(becomes(compliance, until(Retention.Mode.COMPLIANCE, NOW + 4), true)).isFalse();
    assertThat(becomes(compliance, until(Retention.Mode.GOVERNANCE, NOW + 9), true)).isFalse();
    assertThat(becomes(compliance, Retention.getDefaultInstance(), true)).isFalse();
    ObjectRow governance = retained(Retention.Mode.GOVERNANCE, NOW + 5);
    assertThat(becomes(governance, until(Retention.Mode.GOVERNANCE, NOW + 6), false)).isTrue();
    assertThat(becomes(governance, until(Retention.Mode.COMPLIANCE, NOW + 6), false)).isFalse();
    assertThat(becomes(governance, until(Retention.Mode.COMPLIANCE, NOW + 6), true)).isTrue();
    assertThat(becomes(governance, Retention.getDefaultInstance(), false)).isFalse();
    assertThat(becomes(ObjectRow.getDefaultInstance(), governance.getRetention(), false)).isTrue();
  }

  @Test
  void a_locked_version_stays_behind_its_delete_marker() {
    VersionId id = VersionId.of(store.objects().write(bucket, "k", forever()));
    store.objects().delete(bucket, "k", ObjectRow.getDefaultInstance(), null);
    refuses(Reason.LOCKED, () -> store.objects().remove(bucket, "k", id, version -> null, true));
    refuses(Reason.BUCKET_NOT_EMPTY, () -> store.buckets().remove(bucket));
    assertThat(store.objects().find(bucket, "k", id)).isNotNull();
  }

  @Test
  void a_change_that_is_about_something_else_keeps_the_lock() {
    VersionId id = VersionId.of(store.objects().write(bucket, "k", forever()));
    refuses(
        Reason.LOCKED,
        () ->
            store
                .objects()
                .change(bucket, "k", id, row -> row.toBuilder().clearRetention().build()));
    store.objects().change(bucket, "k", id, row -> row.toBuilder().setEtag("tagged").build());
  }

  @Test
  void a_write_that_began_before_there_were_versions_makes_one() {
    store.buckets().create("old", "ann", "r");
    Bucket before = store.buckets().find("old");
    store.objects().write(before, "k", ObjectRow.newBuilder().setEtag("first").build());
    store
        .buckets()
        .change(before, row -> row.toBuilder().setVersioning(BucketRow.Versioning.ENABLED).build());
    store
        .objects()
        .relock(
            store.buckets().find("old"),
            "k",
            VersionId.NULL,
            row -> row.toBuilder().setRetention(forever().getRetention()).build());
    store.objects().write(before, "k", ObjectRow.newBuilder().setEtag("late").build());
    StoredObject locked = store.objects().find(before, "k", VersionId.NULL);
    assertThat(locked).isNotNull();
  }

  private static ObjectRow forever() {
    return retained(Retention.Mode.COMPLIANCE, Long.MAX_VALUE);
  }

  @Test
  void of_a_lock_and_a_removal_at_once_only_one_is_acknowledged()
      throws InterruptedException, ExecutionException {
    int told = 0;
    for (int round = 0; round < 40; round++) {
      String key = "k" + round;
      boolean current = round % 2 == 0;
      VersionId id =
          VersionId.of(store.objects().write(bucket, key, ObjectRow.newBuilder().build()));
      if (!current) {
        store.objects().write(bucket, key, ObjectRow.newBuilder().setEtag("newer").build());
      }
      Raced done = race(key, id);
      StoredObject left = store.objects().find(bucket, key, id);
      boolean locked = left != null && left.row().hasRetention();
      assertThat(done.allows(locked, left == null)).as(key + ": " + done).isTrue();
      told += done.locked() == Told.PERHAPS || done.removed() == Told.PERHAPS ? 0 : 1;
    }
    assertThat(told).isPositive();
  }

  private enum Told {
    YES,
    NO,
    PERHAPS;

    boolean allows(boolean fact) {
      return this == PERHAPS || (this == YES) == fact;
    }
  }

  /** The answers to a lock and a removal that ran at once. */
  private record Raced(Told locked, Told removed) {
    /** Whether the answers fit the end: a locked version stays locked, a removed one stays away. */
    boolean allows(boolean isLocked, boolean isGone) {
      return locked.allows(isLocked) && removed.allows(isGone);
    }
  }

  private Raced race(String key, VersionId id) throws InterruptedException, ExecutionException {
    Store other = cluster.gateway(2);
    Bucket seen = other.buckets().find("b");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Told> lock = threads.submit(() -> told(() -> locked(key, id)));
      Future<Told> removal = threads.submit(() -> told(() -> removed(other, seen, key, id)));
      return new Raced(lock.get(), removal.get());
    }
  }

  private static Told told(BooleanSupplier operation) {
    try {
      return operation.getAsBoolean() ? Told.YES : Told.NO;
    } catch (StoreException unknown) {
      assertThat(unknown.reason()).isEqualTo(Reason.UNKNOWN);
      return Told.PERHAPS;
    }
  }

  private boolean locked(String key, VersionId id) {
    return store
            .objects()
            .change(
                bucket,
                key,
                id,
                row -> row.toBuilder().setRetention(forever().getRetention()).build())
        != null;
  }

  private static boolean removed(Store store, Bucket bucket, String key, VersionId id) {
    try {
      return store.objects().remove(bucket, key, id, version -> null, true) != null;
    } catch (StoreException refused) {
      if (refused.reason() == Reason.LOCKED) {
        return false;
      }
      throw refused;
    }
  }
}
