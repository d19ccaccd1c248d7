package rondo.store.object;

import static org.assertj.core.api.Assertions.assertThat;
import static rondo.store.bucket.BucketTest.refuses;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.PartRow;
import rondo.metadata.rows.UploadRow;
import rondo.metadata.table.Keys;
import rondo.metadata.table.VersionRows;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.value.Bytes;
import rondo.store.MemoryBlobs;
import rondo.store.Store;
import rondo.store.StoreCluster;
import rondo.store.listing.VersionListing;
import rondo.store.row.Bucket;
import rondo.store.row.StoreException;
import rondo.store.row.StoreException.Reason;
import rondo.store.upload.UploadCompletion;

/** Keys with versions: which version is current, which stay, which go. */
@Tag("long")
final class VersionTableTest {
  private static final ObjectRow MARKER = ObjectRow.getDefaultInstance();

  private final StoreCluster cluster = new StoreCluster();
  private final Store store = cluster.gateway(1);

  VersionTableTest() {
    store.buckets().create("b", "ann", "r");
  }

  private Bucket bucket() {
    return store.buckets().find("b");
  }

  private void set(BucketRow.Versioning versioning) {
    store.buckets().change(bucket(), row -> row.toBuilder().setVersioning(versioning).build());
  }

  private void enable() {
    set(BucketRow.Versioning.ENABLED);
  }

  private void suspend() {
    set(BucketRow.Versioning.SUSPENDED);
  }

  private static ObjectRow row(String blob) {
    return ObjectRow.newBuilder().setEtag(blob).addSegments(MemoryBlobs.segment(blob)).build();
  }

  private VersionId put(String blob) {
    return VersionId.of(store.objects().write(bucket(), "k", row(blob)));
  }

  private VersionId delete() {
    ObjectRow marker = store.objects().delete(bucket(), "k", MARKER, null).marker();
    return VersionId.of(Objects.requireNonNull(marker));
  }

  private boolean remove(VersionId id) {
    return store.objects().remove(bucket(), "k", id, version -> null) != null;
  }

  private @Nullable String current() {
    StoredObject stored = store.objects().read(bucket(), "k");
    return stored == null ? null : stored.row().getEtag();
  }

  private @Nullable String version(VersionId id) {
    StoredObject stored = store.objects().find(bucket(), "k", id);
    return stored == null ? null : stored.row().getEtag();
  }

  private List<String> listed(int limit) {
    var names = new ArrayList<String>();
    VersionListing.Page page = listing(limit).from(Bytes.EMPTY);
    while (true) {
      for (VersionListing.Entry entry : page.entries()) {
        ObjectRow row = Objects.requireNonNull(entry.row());
        String name = row.getDeleteMarker() ? "marker" : row.getEtag();
        names.add(entry.name() + "=" + name + (entry.latest() ? "*" : ""));
      }
      if (!page.more()) {
        return names;
      }
      VersionListing.Entry last = page.entries().getLast();
      VersionId id = VersionId.of(Objects.requireNonNull(last.row()));
      page = listing(limit).behind(last.name(), id);
    }
  }

  private VersionListing listing(int limit) {
    return new VersionListing(
        store.objects(),
        store.listing(),
        bucket(),
        new VersionListing.Scope(Bytes.EMPTY, null, limit));
  }

  private List<Boolean> latestBehind(VersionId id) {
    return listing(10).behind("k", id).entries().stream()
        .map(VersionListing.Entry::latest)
        .toList();
  }

  @Test
  void a_page_tells_the_current_version_also_after_those_in_front_went() {
    store.objects().write(bucket(), "k", row("null"));
    enable();
    List<VersionId> ids = List.of(put("1"), put("2"), delete(), put("4"));
    assertThat(latestBehind(ids.get(3))).containsExactly(false, false, false, false);
    remove(ids.get(3));
    assertThat(latestBehind(ids.get(3)))
        .as("the marker")
        .containsExactly(true, false, false, false);
    assertThat(latestBehind(ids.get(2))).containsExactly(false, false, false);
    remove(ids.get(2));
    remove(ids.get(1));
    assertThat(latestBehind(ids.get(2))).containsExactly(true, false);
    remove(ids.get(0));
    assertThat(latestBehind(ids.get(0))).as("the null version").containsExactly(true);
    remove(VersionId.NULL);
    assertThat(latestBehind(ids.get(0))).isEmpty();
  }

  @Test
  void every_write_stays_until_its_version_is_removed() throws InterruptedException {
    enable();
    VersionId one = put("1");
    VersionId two = put("2");
    assertThat(current()).isEqualTo("2");
    assertThat(version(one)).isEqualTo("1");
    assertThat(listed(10)).containsExactly("k=2*", "k=1");
    assertThat(remove(two)).isTrue();
    assertThat(cluster.blobs.nextReleased()).isEqualTo("2");
    assertThat(current()).isEqualTo("1");
    assertThat(remove(two)).as("again").isFalse();
    assertThat(remove(one)).isTrue();
    assertThat(cluster.blobs.nextReleased()).isEqualTo("1");
    assertThat(current()).isNull();
    assertThat(listed(10)).isEmpty();
    store.buckets().remove(bucket());
  }

  @Test
  void an_older_version_goes_and_the_current_one_stays() {
    enable();
    VersionId one = put("1");
    put("2");
    assertThat(remove(one)).isTrue();
    assertThat(current()).isEqualTo("2");
    assertThat(version(one)).isNull();
    assertThat(listed(10)).containsExactly("k=2*");
  }

  @Test
  void a_delete_marker_hides_the_object_until_it_is_removed() {
    enable();
    put("1");
    VersionId marker = delete();
    assertThat(current()).isNull();
    assertThat(listed(10)).containsExactly("k=marker*", "k=1");
    Reply.Page page =
        store
            .listing()
            .page(
                bucket(), rondo.metadata.table.Tables.OBJECTS, Bytes.EMPTY, Bytes.EMPTY, null, 10);
    assertThat(page.entries()).isEmpty();
    refuses(Reason.BUCKET_NOT_EMPTY, () -> store.buckets().remove(bucket()));
    assertThat(remove(marker)).isTrue();
    assertThat(current()).isEqualTo("1");
  }

  @Test
  void what_was_there_before_versions_is_the_null_version() {
    put("0");
    assertThat(version(VersionId.NULL)).isEqualTo("0");
    enable();
    assertThat(listed(10)).containsExactly("k=0*");
    put("1");
    assertThat(version(VersionId.NULL)).isEqualTo("0");
    assertThat(listed(10)).containsExactly("k=1*", "k=0");
    suspend();
    assertThat(put("2")).isEqualTo(VersionId.NULL);
    assertThat(listed(1)).containsExactly("k=2*", "k=1");
    assertThat(version(VersionId.NULL)).isEqualTo("2");
  }

  @Test
  void a_null_version_that_is_replaced_releases_its_blob() throws InterruptedException {
    put("0");
    enable();
    put("1");
    suspend();
    put("2");
    assertThat(cluster.blobs.nextReleased()).isEqualTo("0");
    put("3");
    assertThat(cluster.blobs.nextReleased()).isEqualTo("2");
    delete();
    assertThat(cluster.blobs.nextReleased()).isEqualTo("3");
    assertThat(listed(10)).containsExactly("k=marker*", "k=1");
    assertThat(remove(VersionId.NULL)).isTrue();
    assertThat(current()).isEqualTo("1");
    assertThat(cluster.blobs.releasedYet()).isEmpty();
  }

  @Test
  void an_object_without_versions_can_be_removed_as_the_null_version() {
    put("0");
    enable();
    assertThat(remove(VersionId.NULL)).isTrue();
    assertThat(current()).isNull();
    assertThat(listed(10)).isEmpty();
  }

  @Test
  void versions_change_in_their_place() {
    enable();
    VersionId one = put("1");
    VersionId two = put("2");
    for (VersionId id : List.of(one, two)) {
      store
          .objects()
          .change(bucket(), "k", id, row -> row.toBuilder().setStorageClass("X").build());
    }
    assertThat(listed(10)).containsExactly("k=2*", "k=1");
    for (VersionId id : List.of(one, two)) {
      StoredObject stored = Objects.requireNonNull(store.objects().find(bucket(), "k", id));
      assertThat(stored.row().getStorageClass()).isEqualTo("X");
    }
    VersionId marker = delete();
    refuses(Reason.DELETE_MARKER, () -> store.objects().change(bucket(), "k", marker, row -> row));
  }

  @Test
  void pages_of_any_size_say_the_same() {
    put("k0");
    store.objects().write(bucket(), "a", row("a0"));
    store.objects().write(bucket(), "z", row("z0"));
    enable();
    put("k1");
    store.objects().write(bucket(), "m", row("m1"));
    delete();
    suspend();
    put("k2");
    enable();
    put("k3");
    List<String> all = listed(100);
    assertThat(all).containsExactly("a=a0*", "k=k3*", "k=k2", "k=marker", "k=k1", "m=m1*", "z=z0*");
    for (int limit = 1; limit < all.size(); limit++) {
      assertThat(listed(limit)).as("%s a page", limit).isEqualTo(all);
    }
  }

  @Test
  void common_prefixes_are_told_once() {
    for (String key : List.of("d/1", "d/2", "e")) {
      store.objects().write(bucket(), key, row("old"));
    }
    enable();
    store.objects().write(bucket(), "d/1", row("new"));
    var scope = new VersionListing.Scope(Bytes.EMPTY, Bytes.utf8("/"), 10);
    assertThat(
            new VersionListing(store.objects(), store.listing(), bucket(), scope)
                .from(Bytes.EMPTY)
                .entries())
        .extracting(VersionListing.Entry::name)
        .containsExactly("d/", "e");
  }

  @Test
  void an_upload_that_is_overtaken_becomes_an_older_version() {
    enable();
    String id = store.uploads().create(bucket(), "k", UploadRow.getDefaultInstance());
    PartRow part = PartRow.newBuilder().addSegments(MemoryBlobs.segment("p")).build();
    store.uploads().put(store.uploads().open(bucket(), "k", id), 1, part);
    cluster.refuse(request ->
        request instanceof Request.Prepare prepare
            && prepare.key().equals(Keys.object(bucket().shards().getFirst(), Bytes.utf8("k"))));
    var completion = new UploadCompletion(store.uploads(), store.objects(), bucket(), "k", id);
    refuses(Reason.NOT_DONE, () -> completion.complete((upload, parts) -> row("p"), null));
    cluster.refuse(request -> false);
    put("between");
    ObjectRow made = completion.complete((upload, parts) -> row("p"), null);
    assertThat(current()).isEqualTo("p");
    assertThat(listed(10)).containsExactly("k=p*", "k=between");
    assertThat(completion.complete((upload, parts) -> row("p"), null).getVersion())
        .as("a repetition")
        .isEqualTo(made.getVersion());
    assertThat(listed(10)).hasSize(2);
    assertThat(cluster.blobs.releasedYet()).isEmpty();
  }

  @Test
  void ids_survive_their_text_and_a_wrong_letter_is_seen() {
    enable();
    VersionId id = put("1");
    assertThat(VersionId.parse(id.toString())).isEqualTo(id);
    char last = id.toString().charAt(31);
    String wrong = id.toString().substring(0, 31) + (last == 'A' ? 'B' : 'A');
    refuses(Reason.MALFORMED_VERSION_ID, () -> VersionId.parse(wrong));
    refuses(Reason.MALFORMED_VERSION_ID, () -> VersionId.parse("x"));
  }

  /**
   * A removal has chosen the next version, and its head hasn't arrived anywhere. Then a write
   * comes, and is removed again.
   */
  @Test
  void a_version_stays_away_whose_removal_is_late() throws InterruptedException {
    enable();
    VersionId first = VersionId.of(store.objects().write(bucket(), "k", row("first")));
    var chosen = new CountDownLatch(1);
    var goesOn = new CountDownLatch(1);
    cluster.refuse(request -> {
      if (isRemoval(request, first)) {
        chosen.countDown();
        awaits(goesOn);
      }
      return false;
    });
    var done = new CountDownLatch(1);
    var removed = new AtomicReference<ObjectRow>();
    Store other = cluster.gateway(2);
    Thread.ofVirtual()
        .start(() -> {
          removed.set(other.objects().remove(other.buckets().find("b"), "k", first, v -> null));
          done.countDown();
        });
    chosen.await();
    VersionId second = VersionId.of(store.objects().write(bucket(), "k", row("second")));
    store.objects().remove(bucket(), "k", second, version -> null);
    goesOn.countDown();
    done.await();

    assertThat(removed.get()).isNotNull();
    assertThat(listing(1000).from(Bytes.EMPTY).entries()).isEmpty();
    assertThat(store.objects().find(bucket(), "k", null)).isNull();
  }

  private static void awaits(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isRemoval(Request request, VersionId id) {
    return request instanceof Request.Propagate propagate
        && VersionRows.beside(propagate.key(), propagate.state()).stream()
            .anyMatch(row ->
                row.state().value() == null
                    && row.key().equals(id.row(row.key().partition(), Bytes.utf8("k"))));
  }

  /** Clients write, delete and remove versions of one key while a replica comes and goes. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void races_lose_no_version_and_leave_the_newest_current(long seed) throws InterruptedException {
    enable();
    Set<VersionId> written = ConcurrentHashMap.newKeySet();
    Set<VersionId> removed = ConcurrentHashMap.newKeySet();
    var errors = Collections.synchronizedList(new ArrayList<Throwable>());
    var done = new CountDownLatch(4);
    var dropping = new Random(seed);
    cluster.refuse(request -> {
      synchronized (dropping) {
        return dropping.nextInt(12) == 0;
      }
    });
    for (int i = 0; i < 4; i++) {
      int thread = i;
      Store gateway = cluster.gateway(1 + i % 3);
      Thread.ofVirtual()
          .start(() -> {
            try {
              race(gateway, new Random(seed * 10 + thread), written, removed);
            } catch (StoreException | IllegalStateException e) {
              errors.add(e);
            } finally {
              done.countDown();
            }
          });
    }
    done.await();
    cluster.refuse(request -> false);
    assertThat(errors).isEmpty();
    VersionListing.Page page = listing(1000).from(Bytes.EMPTY);
    List<VersionId> left =
        page.entries().stream().map(e -> VersionId.of(Objects.requireNonNull(e.row()))).toList();
    var acknowledged = new ArrayList<>(written);
    acknowledged.removeAll(removed);
    assertThat(left).containsAll(acknowledged);
    assertThat(left).doesNotContainAnyElementsOf(removed);
    StoredObject head = store.objects().find(bucket(), "k", null);
    if (left.isEmpty()) {
      assertThat(head).isNull();
    } else {
      assertThat(VersionId.of(Objects.requireNonNull(head).row())).isEqualTo(left.getFirst());
    }
  }

  private static void race(
      Store gateway, Random chance, Set<VersionId> written, Set<VersionId> removed) {
    Bucket bucket = gateway.buckets().find("b");
    for (int i = 0; i < 40; i++) {
      try {
        switch (chance.nextInt(6)) {
          case 0, 1 ->
              written.add(VersionId.of(gateway.objects().write(bucket, "k", row("r" + i))));
          case 2 ->
              written.add(
                  VersionId.of(
                      gateway.objects().write(bucket, "k", row("c" + i), current -> null)));
          case 3 ->
              written.add(
                  VersionId.of(
                      Objects.requireNonNull(
                          gateway.objects().delete(bucket, "k", MARKER, null).marker())));
          default -> remove(gateway, bucket, chance, written, removed);
        }
      } catch (StoreException unavailable) {
        // Refused or unknown: nothing was acknowledged.
        assertThat(unavailable.reason())
            .isIn(Reason.NOT_DONE, Reason.UNKNOWN, Reason.CONDITION_UNKNOWN);
      }
    }
  }

  private static void remove(
      Store gateway, Bucket bucket, Random chance, Set<VersionId> written, Set<VersionId> removed) {
    var known = new ArrayList<>(written);
    if (known.isEmpty()) {
      return;
    }
    VersionId id = known.get(chance.nextInt(known.size()));
    // The version may be gone from here on, whatever the answer.
    written.remove(id);
    if (gateway.objects().remove(bucket, "k", id, version -> null) != null) {
      removed.add(id);
    }
  }
}
