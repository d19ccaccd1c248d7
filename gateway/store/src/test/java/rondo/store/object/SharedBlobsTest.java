package rondo.store.object;

import static org.assertj.core.api.Assertions.assertThat;
import static rondo.store.bucket.BucketTest.refusesItself;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rondo.metadata.rows.ObjectRow;
import rondo.store.MemoryBlobs;
import rondo.store.Store;
import rondo.store.StoreCluster;
import rondo.store.TestRefusal;
import rondo.store.row.Bucket;

/** When shared blobs are released. */
final class SharedBlobsTest {
  private final StoreCluster cluster = new StoreCluster();
  private final Store store = cluster.gateway(1);
  private Bucket bucket;

  SharedBlobsTest() {
    store.buckets().create("b", "ann", "r");
    bucket = store.buckets().find("b");
  }

  @BeforeEach
  void anObject() {
    store.objects().write(bucket, "a", row("1"));
  }

  private static ObjectRow row(String blob) {
    return ObjectRow.newBuilder().setEtag(blob).addSegments(MemoryBlobs.segment(blob)).build();
  }

  private StoredObject read(String key) {
    return Objects.requireNonNull(store.objects().read(bucket, key));
  }

  private boolean copy(String from, StoredObject source, String to) {
    ObjectRow row = source.row().toBuilder().clearReference().build();
    return store
            .objects()
            .share(new ObjectPlace(bucket, from), source, new ObjectPlace(bucket, to), row, null)
        != null;
  }

  @Test
  void a_replaced_object_releases_its_blob() throws InterruptedException {
    store.objects().write(bucket, "a", row("2"));
    assertThat(cluster.blobs.nextReleased()).isEqualTo("1");
    store.objects().delete(bucket, "a", ObjectRow.getDefaultInstance(), null);
    assertThat(cluster.blobs.nextReleased()).isEqualTo("2");
  }

  @Test
  void a_refused_object_releases_its_own() throws InterruptedException {
    refusesItself(() -> store.objects().write(bucket, "a", row("2"), now -> new TestRefusal()));
    assertThat(cluster.blobs.nextReleased()).isEqualTo("2");
    assertThat(read("a").row().getEtag()).isEqualTo("1");
  }

  @Test
  void a_shared_blob_goes_with_its_last_owner() throws InterruptedException {
    assertThat(copy("a", read("a"), "b")).isTrue();
    assertThat(copy("b", read("b"), "c")).isTrue();
    store.objects().delete(bucket, "a", ObjectRow.getDefaultInstance(), null);
    store.objects().write(bucket, "b", row("2"));
    store.objects().write(bucket, "b", row("3"));
    assertThat(cluster.blobs.nextReleased()).as("of all only the unshared one").isEqualTo("2");
    store.objects().delete(bucket, "c", ObjectRow.getDefaultInstance(), null);
    assertThat(cluster.blobs.nextReleased()).isEqualTo("1");
  }

  @Test
  void a_source_that_was_replaced_is_not_shared() throws InterruptedException {
    StoredObject source = read("a");
    store.objects().write(bucket, "a", row("2"));
    assertThat(cluster.blobs.nextReleased()).isEqualTo("1");
    assertThat(copy("a", source, "b")).isFalse();
    assertThat(store.objects().read(bucket, "b")).isNull();
    assertThat(cluster.blobs.nextReleased()).as("nobody owns it after all").isEqualTo("1");
  }

  private boolean rehouse(String key, ObjectRow seen, String blob) {
    return new BlobRelocation(store.objects())
        .change(bucket, key, seen, List.of(MemoryBlobs.segment(blob)));
  }

  @Test
  void a_blob_that_was_copied_goes_and_its_copy_stays() throws InterruptedException {
    assertThat(rehouse("a", read("a").row(), "2")).isTrue();
    assertThat(cluster.blobs.nextReleased()).isEqualTo("1");
    assertThat(read("a").row().getSegmentsList()).containsExactly(MemoryBlobs.segment("2"));
    assertThat(read("a").row().getEtag()).isEqualTo("1");
  }

  @Test
  void a_copy_of_a_blob_whose_object_was_replaced_goes() throws InterruptedException {
    ObjectRow seen = read("a").row();
    store.objects().write(bucket, "a", row("2"));
    assertThat(cluster.blobs.nextReleased()).isEqualTo("1");
    assertThat(rehouse("a", seen, "3")).isFalse();
    assertThat(cluster.blobs.nextReleased()).isEqualTo("3");
    assertThat(read("a").row().getEtag()).isEqualTo("2");
  }

  @Test
  void a_copied_blob_that_others_share_goes_with_its_last_owner() throws InterruptedException {
    assertThat(copy("a", read("a"), "b")).isTrue();
    assertThat(rehouse("b", read("b").row(), "2")).isTrue();
    assertThat(copy("b", read("b"), "c")).isTrue();
    store.objects().delete(bucket, "c", ObjectRow.getDefaultInstance(), null);
    store.objects().delete(bucket, "a", ObjectRow.getDefaultInstance(), null);
    assertThat(cluster.blobs.nextReleased()).isEqualTo("1");
    store.objects().delete(bucket, "b", ObjectRow.getDefaultInstance(), null);
    assertThat(cluster.blobs.nextReleased()).isEqualTo("2");
  }

  @Test
  void a_change_of_metadata_keeps_the_blob() {
    store.objects().change(bucket, "a", row -> row.toBuilder().setStorageClass("X").build());
    assertThat(read("a").row().getStorageClass()).isEqualTo("X");
    assertThat(cluster.blobs.releasedYet()).isEmpty();
  }
}
