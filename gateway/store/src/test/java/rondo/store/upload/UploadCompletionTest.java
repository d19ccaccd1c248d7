package rondo.store.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static rondo.store.bucket.BucketTest.refuses;
import static rondo.store.bucket.BucketTest.refusesItself;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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
import rondo.store.object.WriteCondition;
import rondo.store.row.Bucket;
import rondo.store.row.RefusalException;
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
  void a_change_of_the_earlier_objects_tags_does_not_lose_the_upload() {
    var earlier = ObjectRow.newBuilder().setEtag("earlier").setModifiedMicros(5).build();
    store.objects().write(bucket, "k", earlier);
    put(1, "p1");
    cluster.refuse(request ->
        request instanceof Request.Prepare prepare && prepare.key().table() == Tables.OBJECTS);
    refuses(Reason.NOT_DONE, this::complete);
    cluster.refuse(request -> false);
    store.objects().change(bucket, "k", row -> row.toBuilder().setStorageClass("GLACIER").build());
    complete();
    assertThat(blobs()).containsExactly("p1");
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

  /** A condition that any object and none meets, as long as it is the one that was there. */
  private static final WriteCondition UNCHANGED =
      new WriteCondition() {
        @Override
        public @Nullable RefusalException refusal(@Nullable ObjectRow current) {
          return null;
        }

        @Override
        public RefusalException refusalOfChange() {
          return new TestRefusal();
        }
      };

  private void begun(String key, Consumer<String> since, boolean conflict) {
    String upload = store.uploads().create(bucket, key, UploadRow.getDefaultInstance());
    store.uploads().put(store.uploads().open(bucket, key, upload), 1, part("p-" + key));
    since.accept(key);
    var completion = new UploadCompletion(store.uploads(), store.objects(), bucket, key, upload);
    if (conflict) {
      refusesItself(() -> completion.complete(UploadCompletionTest::all, UNCHANGED));
      store.uploads().abort(bucket, key, upload);
    } else {
      completion.complete(UploadCompletionTest::all, UNCHANGED);
    }
  }

  private void write(String key, long micros) {
    store.objects().write(bucket, key, ObjectRow.newBuilder().setModifiedMicros(micros).build());
  }

  private void delete(String key) {
    store.objects().delete(bucket, key, ObjectRow.newBuilder().setDeleteMarker(true).build(), null);
  }

  @Test
  void a_condition_holds_for_what_was_there_when_the_upload_began() {
    begun("never", key -> {}, false);
    begun("put", key -> write(key, 1), true);
    begun(
        "put and deleted",
        key -> {
          write(key, 1);
          delete(key);
        },
        true);
    write("there", 1);
    begun("there", key -> {}, false);
    write("replaced", 1);
    begun("replaced", key -> write(key, 2), true);
    write("deleted", 1);
    begun("deleted", this::delete, true);
    write("tagged", 1);
    begun(
        "tagged",
        key ->
            store
                .objects()
                .change(bucket, key, row -> row.toBuilder().setStorageClass("GLACIER").build()),
        false);
  }

  @Test
  void an_id_tells_whose_upload_it_names() {
    assertThat(UploadIds.isOf("k", id)).isTrue();
    assertThat(UploadIds.isOf("other", id)).isFalse();
    for (String odd : List.of("", "k", id + "0", id.substring(1), id.substring(40))) {
      assertThat(UploadIds.isOf("k", odd)).as(odd).isFalse();
    }
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
