package rondo.store.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.Lifecycle;
import rondo.metadata.rows.ObjectLock;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.UploadRow;
import rondo.ring.coordinate.ConsistencyLevel;
import rondo.store.Store;
import rondo.store.StoreCluster;
import rondo.store.bucket.BucketTest;
import rondo.store.listing.VersionConflicts;
import rondo.store.row.Bucket;
import rondo.store.row.Consistency;
import rondo.store.row.StoreException.Reason;

final class AvailableObjectsTest {
  private static final WriteCondition ANY = row -> null;

  private final StoreCluster cluster = new StoreCluster();
  private final Store store = cluster.gateway(1);

  @BeforeEach
  void makeBuckets() {
    store.buckets().create("b", "owner", "region");
    store.buckets().create("strict", "owner", "region");
    change("b", BucketRow.newBuilder().setVersioning(BucketRow.Versioning.ENABLED).build());
    change("b", BucketRow.newBuilder().setAvailable(true).build());
  }

  private void change(String bucket, BucketRow to) {
    store
        .buckets()
        .change(store.buckets().fresh(bucket), row -> row.toBuilder().mergeFrom(to).build());
  }

  private static ObjectRow write(Store through, String etag) {
    ObjectRow row = ObjectRow.newBuilder().setEtag(etag).build();
    return through.objects().write(through.buckets().find("b"), "k", row);
  }

  private static String read(Store through) {
    StoredObject stored = through.objects().read(through.buckets().find("b"), "k");
    return stored == null ? "nothing" : stored.row().getEtag();
  }

  private static VersionConflicts conflicts(Store through) {
    return VersionConflicts.of(through.listing(), through.buckets().find("b"), 10);
  }

  /** Writes through one node alone, and then through the other two without it. */
  private void disagree() {
    write(store, "first");
    cluster.stop(2);
    cluster.stop(3);
    write(store, "alone");
    cluster.start(2);
    cluster.start(3);
    cluster.stop(1);
    write(cluster.gateway(2), "together");
    cluster.start(1);
  }

  @Test
  void one_node_is_enough() {
    write(store, "first");
    cluster.stop(2);
    cluster.stop(3);
    assertThat(read(store)).isEqualTo("first");
    write(store, "alone");
    assertThat(read(store)).isEqualTo("alone");
    Store restarted = cluster.gateway(1);
    assertThat(read(restarted)).as("whoever has just started").isEqualTo("alone");
    BucketTest.refuses(
        Reason.NOT_DONE,
        () ->
            restarted
                .objects()
                .write(store.buckets().find("strict"), "k", ObjectRow.getDefaultInstance()));
  }

  @Test
  void a_bucket_waits_for_as_many_nodes_as_it_asks_for() {
    change(
        "b",
        BucketRow.newBuilder().setQuorums(BucketRow.Quorums.newBuilder().setR(1).setW(2)).build());
    cluster.stop(3);
    write(store, "two");
    cluster.stop(2);
    BucketTest.refuses(Reason.NOT_DONE, () -> write(store, "one"));
  }

  @Test
  void writes_that_have_not_seen_each_other_stay_and_are_told() {
    disagree();
    Store all = cluster.gateway(1);
    assertThat(read(all)).as("the larger stamp").isEqualTo("together");
    VersionConflicts found = conflicts(all);
    assertThat(found.count()).isEqualTo(1);
    assertThat(found.first()).hasSize(1);
    String loser = found.first().getFirst().versions().getLast();
    StoredObject lost = all.objects().find(all.buckets().find("b"), "k", VersionId.parse(loser));
    assertThat(Objects.requireNonNull(lost).row().getEtag()).isEqualTo("alone");
  }

  @Test
  void a_write_that_saw_one_leaves_the_other_until_it_is_removed() {
    disagree();
    Store all = cluster.gateway(1);
    write(all, "next");
    VersionConflicts found = conflicts(all);
    assertThat(found.count()).isEqualTo(1);
    Bucket bucket = all.buckets().find("b");
    VersionId loser = VersionId.parse(found.first().getFirst().versions().getLast());
    ObjectRow removed = all.objects().remove(bucket, "k", loser, ANY);
    assertThat(Objects.requireNonNull(removed).getEtag()).isEqualTo("alone");
    assertThat(conflicts(all).count()).isZero();
    assertThat(read(all)).isEqualTo("next");
    assertThat(all.objects().find(bucket, "k", loser)).isNull();
  }

  @Test
  void whoever_wrote_one_and_saw_the_other_overwrites_both() {
    disagree();
    Store all = cluster.gateway(1);
    write(all, "next");
    write(all, "last");
    assertThat(conflicts(all).first().getFirst().versions()).hasSize(2);
    assertThat(write(store, "wrote alone").getDotted().size()).isPositive();
  }

  @Test
  void what_needs_a_quorum_is_refused() {
    ObjectRow written = write(store, "first");
    Bucket bucket = store.buckets().find("b");
    ObjectRow row = ObjectRow.getDefaultInstance();
    BucketTest.refuses(Reason.UNSUPPORTED, () -> store.objects().write(bucket, "k", row, ANY));
    BucketTest.refuses(
        Reason.UNSUPPORTED, () -> store.objects().change(bucket, "k", there -> there));
    BucketTest.refuses(
        Reason.UNSUPPORTED, () -> store.objects().remove(bucket, "k", VersionId.of(written), ANY));
    BucketTest.refuses(
        Reason.UNSUPPORTED,
        () -> store.uploads().create(bucket, "k", UploadRow.getDefaultInstance()));
    BucketTest.refuses(Reason.UNSUPPORTED, () -> store.buckets().remove(bucket));
    assertThat(store.buckets().fresh("b").isDeleting()).isFalse();
    var asked = new Consistency(ConsistencyLevel.QUORUM, null, "b");
    BucketTest.refuses(
        Reason.NO_LEVEL, () -> asked.during(() -> store.objects().see(bucket, "k", null)));
    assertThat(read(store)).isEqualTo("first");
  }

  @Test
  void a_bucket_is_not_available_and_promises_what_takes_a_quorum() {
    change("strict", BucketRow.newBuilder().setVersioning(BucketRow.Versioning.SUSPENDED).build());
    var available = BucketRow.newBuilder().setAvailable(true).build();
    BucketTest.refuses(Reason.AVAILABLE_BUCKET, () -> change("strict", available));
    for (BucketRow promise :
        Set.of(
            BucketRow.newBuilder().setVersioning(BucketRow.Versioning.SUSPENDED).build(),
            BucketRow.newBuilder().setObjectLock(ObjectLock.getDefaultInstance()).build(),
            BucketRow.newBuilder().setLifecycle(Lifecycle.getDefaultInstance()).build())) {
      BucketTest.refuses(Reason.AVAILABLE_BUCKET, () -> change("b", promise));
    }
  }
}
