package rondo.s3.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.PartRow;
import rondo.metadata.rows.Segment;
import rondo.metadata.rows.UploadRow;
import rondo.metadata.table.Tables;
import rondo.ring.value.Bytes;
import rondo.store.row.Bucket;
import rondo.store.upload.UploadCompletion;

final class UploadSweepTest {
  private final RuleBucket it = new RuleBucket();
  private final Bucket bucket = it.bucket();

  private String begun(String key) {
    UploadRow row = UploadRow.newBuilder().setInitiatedMicros(it.clock.wallMicros()).build();
    String id = it.store.uploads().create(bucket, key, row);
    var segment = Segment.newBuilder().setBlob(ByteString.copyFromUtf8(key)).setSize(5);
    it.store
        .uploads()
        .put(
            it.store.uploads().open(bucket, key, id),
            1,
            PartRow.newBuilder().addSegments(segment).build());
    return id;
  }

  private void complete(String key, String id) {
    new UploadCompletion(it.store.uploads(), it.store.objects(), bucket, key, id)
        .complete(
            (upload, parts) ->
                ObjectRow.newBuilder()
                    .addAllSegments(parts.getFirst().row().getSegmentsList())
                    .build(),
            null);
  }

  private long rows(int table) {
    return it
        .store
        .listing()
        .page(bucket, table, Bytes.EMPTY, Bytes.EMPTY, null, 9)
        .entries()
        .stream()
        .count();
  }

  @Test
  void the_answer_of_a_completion_is_kept_for_some_days() {
    String id = begun("a");
    begun("open");
    complete("a", id);
    it.clock.pass(Duration.ofDays(2));
    it.work();
    assertThat(rows(Tables.UPLOADS)).isEqualTo(2);
    complete("a", id);
    it.clock.pass(Duration.ofDays(2));
    it.work();
    assertThat(rows(Tables.UPLOADS)).as("the one that is open").isEqualTo(1);
    assertThat(rows(Tables.PARTS)).isEqualTo(1);
    assertThat(it.counted("uploads_purged")).isEqualTo(1);
    assertThat(it.store.objects().read(bucket, "a")).as("stays").isNotNull();
    assertThat(it.versions()).containsExactly("a");
  }

  @Test
  void one_sweep_a_day_is_enough() {
    String id = begun("a");
    it.work();
    complete("a", id);
    LifecycleWorker worker = it.worker();
    it.clock.pass(Duration.ofDays(1));
    RuleBucket.work(worker);
    it.clock.pass(Duration.ofHours(1));
    RuleBucket.work(worker);
    assertThat(rows(Tables.UPLOADS)).isEqualTo(1);
    it.clock.pass(Duration.ofDays(3));
    RuleBucket.work(worker);
    assertThat(rows(Tables.UPLOADS)).isZero();
  }
}
