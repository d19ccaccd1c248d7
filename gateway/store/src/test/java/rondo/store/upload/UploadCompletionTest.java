package rondo.store.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static rondo.store.bucket.BucketTest.refuses;
import static rondo.store.bucket.BucketTest.refusesItself;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.PartRow;
import rondo.metadata.rows.UploadRow;
import rondo.metadata.table.Tables;
import rondo.ring.message.Request;
import rondo.store.MemoryBlobs;
import rondo.store.Store;
import rondo.store.StoreCluster;
import rondo.store.TestRefusal;
import rondo.store.row.Bucket;
import rondo.store.row.StoreException.Reason;

/** How uploads end, and whether their parts are released. */
final class UploadCompletionTest {
  private final StoreCluster cluster = new StoreCluster();
  private final Store store = cluster.gateway(1);
  private final Bucket bucket;
  private final String id;

  UploadCompletionTest() {
    store.buckets().create("b", "ann", "r");
    bucket = store.buckets().find("b");
    id = store.uploads().create(bucket, "k", UploadRow.getDefaultInstance());
  }

  private static PartRow part(String blob) {
    return PartRow.newBuilder().setEtag(blob).addSegments(MemoryBlobs.segment(blob)).build();
  }

  private void put(int number, String blob) {
    store.uploads().put(store.uploads().open(bucket, "k", id), number, part(blob));
  }

  private static ObjectRow all(Upload upload, List<UploadedPart> parts) {
    var row = ObjectRow.newBuilder().setEtag(upload.id());
    parts.forEach(part -> row.addAllSegments(part.row().getSegmentsList()));
    return row.build();
  }

  private ObjectRow complete() {
    return new UploadCompletion(store.uploads(), store.objects(), bucket, "k", id)
        .complete(UploadCompletionTest::all, null);
  }

  private List<String> blobs() {
    return Objects.requireNonNull(store.objects().read(bucket, "k"))
        .row()
        .getSegmentsList()
        .stream()
        .map(segment -> segment.getBlob().toStringUtf8())
        .toList();
  }

  @Test
  void an_object_is_made_of_its_parts_and_the_rows_of_the_parts_go() {
    put(2, "p2");
    put(1, "p1");
    complete();
    assertThat(blobs()).containsExactly("p1", "p2");
    Upload upload = Objects.requireNonNull(store.uploads().find(bucket, "k", id));
    assertThat(store.uploads().parts(upload, 0, 10)).isEmpty();
    assertThat(cluster.blobs.releasedYet()).isEmpty();
    refuses(Reason.NO_SUCH_UPLOAD, () -> put(3, "p3"));
    refuses(Reason.NO_SUCH_UPLOAD, () -> store.uploads().abort(bucket, "k", id));
  }

  @Test
  void a_repetition_gets_the_first_answer_and_does_not_bring_the_object_back()
      throws InterruptedException {
    put(1, "p1");
    ObjectRow first = complete();
    store.objects().write(bucket, "k", ObjectRow.newBuilder().setEtag("newer").build());
    assertThat(cluster.blobs.nextReleased()).isEqualTo("p1");
    assertThat(complete().getEtag()).isEqualTo(first.getEtag());
    assertThat(blobs()).isEmpty();
  }

  @Test
  void whoever_comes_after_a_crash_goes_on() {
    put(1, "p1");
    cluster.refuse(request ->
        request instanceof Request.Prepare prepare && prepare.key().table() == Tables.OBJECTS);
    refuses(Reason.NOT_DONE, this::complete);
    cluster.refuse(request -> false);
    complete();
    assertThat(blobs()).containsExactly("p1");
  }

  @Test
  void an_object_written_after_the_crash_stays_and_the_parts_are_released()
      throws InterruptedException {
    put(1, "p1");
    cluster.refuse(request ->
        request instanceof Request.Prepare prepare && prepare.key().table() == Tables.OBJECTS);
    refuses(Reason.NOT_DONE, this::complete);
    cluster.refuse(request -> false);
    store.objects().write(bucket, "k", ObjectRow.newBuilder().setEtag("newer").build());
    complete();
    assertThat(blobs()).isEmpty();
    assertThat(cluster.blobs.nextReleased()).isEqualTo("p1");
  }

  @Test
  void what_the_client_got_wrong_leaves_the_upload_open() {
    put(1, "p1");
    var completion = new UploadCompletion(store.uploads(), store.objects(), bucket, "k", id);
    refusesItself(() ->
        completion.complete(
            (upload, parts) -> {
              throw new TestRefusal();
            },
            null));
    refusesItself(() -> completion.complete(UploadCompletionTest::all, now -> new TestRefusal()));
    put(2, "p2");
    complete();
    assertThat(blobs()).containsExactly("p1", "p2");
  }

  @Test
  void a_replaced_part_is_released() throws InterruptedException {
    put(1, "old");
    put(1, "new");
    assertThat(cluster.blobs.nextReleased()).isEqualTo("old");
  }

  @Test
  void a_part_that_comes_while_parts_are_judged_is_neither_lost_nor_leaked()
      throws InterruptedException {
    put(1, "old");
    new UploadCompletion(store.uploads(), store.objects(), bucket, "k", id)
        .complete(
            (upload, parts) -> {
              refuses(Reason.NOT_DONE, () -> put(1, "late"));
              return all(upload, parts);
            },
            null);
    assertThat(blobs()).containsExactly("old");
    assertThat(cluster.blobs.nextReleased()).isEqualTo("late");
    assertThat(cluster.blobs.releasedYet()).isEmpty();
  }

  @Test
  void an_aborted_upload_releases_its_parts_and_is_not_completed() throws InterruptedException {
    put(1, "p1");
    store.uploads().abort(bucket, "k", id);
    assertThat(cluster.blobs.nextReleased()).isEqualTo("p1");
    refuses(Reason.NO_SUCH_UPLOAD, this::complete);
    refuses(Reason.NO_SUCH_UPLOAD, () -> store.uploads().abort(bucket, "k", id));
  }

  @Test
  void uploads_are_listed_by_key_while_they_are_open() {
    String second = store.uploads().create(bucket, "a/1", UploadRow.getDefaultInstance());
    store.uploads().create(bucket, "a/2", UploadRow.getDefaultInstance());
    var plain = new java.util.ArrayList<UploadTable.Entry>();
    assertThat(store.uploads().list(bucket, "", null, "", "", 2, plain)).isTrue();
    assertThat(plain).extracting(UploadTable.Entry::name).containsExactly("a/1", "a/2");
    assertThat(plain.getFirst().id()).isEqualTo(second);
    var grouped = new java.util.ArrayList<UploadTable.Entry>();
    assertThat(store.uploads().list(bucket, "", "/", "", "", 2, grouped)).isFalse();
    assertThat(grouped).extracting(UploadTable.Entry::name).containsExactly("a/", "k");
    complete();
    var after = new java.util.ArrayList<UploadTable.Entry>();
    assertThat(store.uploads().list(bucket, "", null, "a/1", "", 9, after)).isFalse();
    assertThat(after).extracting(UploadTable.Entry::name).containsExactly("a/2");
  }
}
