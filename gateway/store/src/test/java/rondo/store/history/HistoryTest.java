package rondo.store.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.UndeleteWindow;
import rondo.metadata.table.Tables;
import rondo.ring.message.Request;
import rondo.ring.value.Bytes;
import rondo.store.TestRefusal;
import rondo.store.listing.BucketUsage;
import rondo.store.row.StoreException;
import rondo.store.row.StoreException.Reason;

/** What a bucket with an undelete window was at a time. */
final class HistoryTest {
  private final WindowBucket it = new WindowBucket();

  private StoreException refused(Runnable work) {
    return catchThrowableOfType(StoreException.class, work::run);
  }

  private void begin(int days) {
    it.windows.set("b", days);
    it.passMinute();
  }

  @Test
  void each_former_object_is_read_as_of_its_time() {
    it.put("k", "old");
    it.passMinute();
    begin(7);
    long before = it.passMinute();
    it.put("k", "one");
    long one = it.passMinute();
    it.delete("k");
    long deleted = it.passMinute();
    it.put("k", "two");
    long two = it.passMinute();
    assertThat(it.then("k", before)).isEqualTo("old");
    assertThat(it.then("k", one)).isEqualTo("one");
    assertThat(it.then("k", deleted)).isNull();
    assertThat(it.then("k", two)).isEqualTo("two");
    assertThat(it.then("none", two)).isNull();
    assertThat(it.current("k")).isEqualTo("two");
    assertThat(it.cluster.blobs.releasedYet()).as("history holds its blobs").isEmpty();
    assertThat(BucketUsage.of(it.store.listing(), it.bucket()).objects())
        .as("history counts")
        .isEqualTo(3);
  }

  @Test
  void a_conditional_write_counts_from_its_own_time() {
    begin(7);
    long before = it.passMinute();
    it.store
        .objects()
        .write(
            it.bucket(), "k", WindowBucket.row("1"), now -> now == null ? null : new TestRefusal());
    long first = it.passMinute();
    it.store.objects().write(it.bucket(), "k", WindowBucket.row("2"), now -> null);
    long second = it.passMinute();
    assertThat(it.then("k", before)).isNull();
    assertThat(it.then("k", first)).isEqualTo("1");
    assertThat(it.then("k", second)).isEqualTo("2");
  }

  @Test
  void a_time_that_history_does_not_reach_is_refused() {
    assertThat(refused(() -> it.then("k", it.wallMicros())).detail())
        .contains("no undelete window");
    long early = it.passMinute();
    begin(1);
    it.put("k", "1");
    long one = it.passMinute();
    assertThat(refused(() -> it.then("k", early)).detail()).contains("reaches back to");
    assertThat(refused(() -> it.then("k", it.wallMicros() + 1_000_000)).detail())
        .contains("in the future");
    it.pass(Duration.ofDays(2));
    StoreException late = refused(() -> it.then("k", one));
    assertThat(late.reason()).isEqualTo(Reason.NO_HISTORY);
    assertThat(refused(() -> it.listed(one, "", null, 10)).reason()).isEqualTo(Reason.NO_HISTORY);
  }

  @Test
  void a_longer_window_begins_where_the_shorter_one_reached() {
    begin(1);
    it.put("k", "1");
    it.pass(Duration.ofDays(3));
    it.put("k", "2");
    long shown = it.wallMicros() - Duration.ofHours(23).toNanos() / 1_000;
    long past = it.wallMicros() - Duration.ofHours(25).toNanos() / 1_000;
    begin(7);
    assertThat(it.then("k", shown)).isEqualTo("1");
    assertThat(refused(() -> it.then("k", past)).reason()).isEqualTo(Reason.NO_HISTORY);
    begin(0);
    assertThat(refused(() -> it.then("k", shown)).detail()).contains("no undelete window");
    assertThat(it.current("k")).isEqualTo("2");
    begin(7);
    assertThat(refused(() -> it.then("k", shown)).detail())
        .as("an ended window's history doesn't come back")
        .contains("reaches back to");
  }

  @Test
  void a_window_whose_beginning_was_cut_off_is_begun_by_the_same_order() {
    var days = UndeleteWindow.newBuilder().setDays(7);
    it.store.buckets().change(it.bucket(), row -> row.toBuilder().setUndeleteWindow(days).build());
    assertThat(refused(() -> it.then("k", it.wallMicros())).detail()).contains("about to begin");
    begin(7);
    assertThat(it.then("k", it.wallMicros())).isNull();
  }

  @Test
  void only_an_unversioned_bucket_that_is_not_available_has_a_window() {
    it.store
        .buckets()
        .change(
            it.bucket(),
            row -> row.toBuilder().setVersioning(BucketRow.Versioning.ENABLED).build());
    assertThat(refused(() -> it.windows.set("b", 7)).reason()).isEqualTo(Reason.UNSUPPORTED);
    assertThat(refused(() -> it.then("k", it.wallMicros())).detail()).contains("versionId");
    it.store.buckets().create("a", "ann", "r");
    it.store
        .buckets()
        .change(it.store.buckets().fresh("a"), row -> row.toBuilder().setAvailable(true).build());
    assertThat(refused(() -> it.windows.set("a", 7)).reason()).isEqualTo(Reason.AVAILABLE_BUCKET);
    it.store.buckets().create("w", "ann", "r");
    it.windows.set("w", 7);
    StoreException available =
        refused(() ->
            it.store
                .buckets()
                .change(
                    it.store.buckets().fresh("w"),
                    row -> row.toBuilder().setAvailable(true).build()));
    assertThat(available.reason()).isEqualTo(Reason.AVAILABLE_BUCKET);
  }

  @Test
  void overwrites_from_two_gateways_at_once_all_leave_their_row() throws InterruptedException {
    begin(7);
    var second = it.cluster.gateway(2);
    var begun = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 20)
          .forEach(i ->
              threads.execute(() -> {
                try {
                  begun.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                var store = i % 2 == 0 ? it.store : second;
                store.objects().write(it.bucket(), "k", WindowBucket.row("b" + i));
              }));
      begun.countDown();
    }
    assertThat(BucketUsage.of(it.store.listing(), it.bucket()).objects()).isEqualTo(20);
    assertThat(it.cluster.blobs.releasedYet()).isEmpty();
    assertThat(it.then("k", it.wallMicros())).isNotNull();
  }

  @Test
  void a_write_that_died_behind_the_copy_of_the_old_row_has_lost_nothing() {
    it.put("k", "old");
    it.passMinute();
    begin(7);
    long before = it.passMinute();
    it.cluster.refuse(request ->
        request instanceof Request.Propagate propagate
            && propagate.key().table() == Tables.OBJECTS);
    assertThat(refused(() -> it.put("k", "new")).reason()).isIn(Reason.NOT_DONE, Reason.UNKNOWN);
    it.cluster.refuse(request -> false);
    assertThat(it.then("k", before)).isEqualTo("old");
    assertThat(it.current("k")).isEqualTo("old");
    it.put("k", "next");
    it.passMinute();
    assertThat(it.then("k", before)).isEqualTo("old");
  }

  @Test
  void a_deletion_of_nothing_leaves_nothing() {
    begin(7);
    it.delete("none");
    it.put("k", "1");
    it.delete("k");
    it.delete("k");
    assertThat(
            it
                .store
                .listing()
                .walk(it.bucket(), Tables.VERSIONS, Bytes.EMPTY, Bytes.EMPTY, 100)
                .stream())
        .as("the object and one marker")
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100})
  void a_listing_shows_what_was_there(int limit) {
    it.put("a", "0");
    it.put("d/1", "0");
    it.put("d/2", "0");
    it.passMinute();
    begin(7);
    it.put("d/3", "1");
    it.put("e/1", "1");
    it.put("z", "1");
    long then = it.passMinute();
    List.of("a", "d/1", "d/2", "e/1").forEach(it::delete);
    it.put("d/3", "2");
    it.put("b", "2");
    it.put("z", "2");
    it.put("z", "3");
    assertThat(it.listed(then, "", null, limit))
        .containsExactly("a", "d/1", "d/2", "d/3", "e/1", "z");
    assertThat(it.listed(then, "", "/", limit)).containsExactly("a", "d/", "e/", "z");
    assertThat(it.listed(then, "d/", "/", limit)).containsExactly("d/1", "d/2", "d/3");
    assertThat(it.listed(it.passMinute(), "", "/", limit)).containsExactly("b", "d/", "z");
  }

  @Test
  void a_restore_brings_back_what_was_there_and_keeps_what_came_later() {
    it.put("p/kept", "0");
    it.passMinute();
    begin(7);
    it.put("p/gone", "1");
    it.put("p/small", "2");
    it.store
        .objects()
        .write(
            it.bucket(),
            "p/small",
            ObjectRow.newBuilder()
                .setEtag("tiny")
                .setInlineData(ByteString.copyFromUtf8("tiny"))
                .build());
    it.put("other", "3");
    long then = it.passMinute();
    it.delete("p/gone");
    it.put("p/small", "4");
    it.put("p/new", "5");
    it.delete("other");
    long now = it.passMinute();
    var restore = new PrefixRestore(it.store, it.bucket(), then);
    restore.run("p/");
    assertThat(it.current("p/gone")).isEqualTo("1");
    assertThat(it.current("p/small")).isEqualTo("tiny");
    assertThat(it.store.objects().read(it.bucket(), "p/small"))
        .satisfies(stored ->
            assertThat(stored == null ? "" : stored.row().getInlineData().toStringUtf8())
                .isEqualTo("tiny"));
    assertThat(it.current("p/kept")).isEqualTo("0");
    assertThat(it.current("p/new")).isEqualTo("5");
    assertThat(it.current("other")).isNull();
    assertThat(List.of(restore.restored.sum(), restore.same.sum(), restore.changed.sum()))
        .containsExactly(2L, 1L, 0L);
    var again = new PrefixRestore(it.store, it.bucket(), then);
    again.run("p/");
    assertThat(again.restored.sum()).as("a second run").isZero();
    it.passMinute();
    new PrefixRestore(it.store, it.bucket(), now).run("p/small");
    assertThat(it.current("p/small")).as("the restore undone").isEqualTo("4");
    assertThat(it.cluster.blobs.releasedYet()).isEmpty();
  }
}
