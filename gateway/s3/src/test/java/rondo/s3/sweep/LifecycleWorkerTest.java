package rondo.s3.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static rondo.s3.sweep.RuleBucket.days;
import static rondo.s3.sweep.RuleBucket.rule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import rondo.metadata.rows.LifecycleRow;
import rondo.metadata.rows.LifecycleTransition;
import rondo.metadata.rows.UploadRow;
import rondo.ring.value.NodeId;
import rondo.store.shard.BucketAssignment;
import rondo.store.upload.UploadTable;

final class LifecycleWorkerTest {
  private final RuleBucket it = new RuleBucket();

  @Test
  void due_objects_go_and_all_others_stay() {
    for (String key : new String[] {"a/1", "a/2", "b/1", "c/1"}) {
      it.write(key);
    }
    it.put(rule("a/").setExpiration(days(1)), rule("c/").setExpiration(days(30)));
    it.clock.pass(Duration.ofDays(2));
    it.write("a/new");
    it.work();
    assertThat(it.versions()).containsExactly("a/new", "b/1", "c/1");
    assertThat(it.counted("expired")).isEqualTo(2);
    assertThat(it.counted("seen")).as("keys under the rules' prefixes").isEqualTo(4);
  }

  @Test
  void more_than_a_page_is_due() {
    for (int i = 0; i < 450; i++) {
      it.write("k%03d".formatted(i));
    }
    it.put(rule("k").setExpiration(days(1)));
    it.clock.pass(Duration.ofDays(2));
    it.work();
    assertThat(it.versions()).isEmpty();
    assertThat(it.counted("expired")).isEqualTo(450);
  }

  @Test
  void a_bucket_is_walked_once_in_a_cycle() {
    it.write("a");
    it.put(rule("").setExpiration(days(1)));
    it.work();
    it.work();
    assertThat(it.counted("walks")).isEqualTo(1);
    it.clock.pass(Duration.ofDays(2));
    it.work();
    assertThat(it.counted("walks")).isEqualTo(2);
    assertThat(it.versions()).isEmpty();
  }

  @Test
  void a_bucket_in_which_nothing_is_due_soon_is_left_alone() {
    it.write("a");
    it.put(rule("").setExpiration(days(5)));
    it.work();
    for (int day = 0; day < 4; day++) {
      it.clock.pass(Duration.ofDays(1));
      it.work();
    }
    assertThat(it.counted("walks")).isEqualTo(1);
    it.clock.pass(Duration.ofDays(2));
    it.work();
    assertThat(it.versions()).isEmpty();
  }

  @Test
  void new_rules_count_at_once() {
    it.write("a");
    it.put(rule("").setExpiration(days(30)));
    it.work();
    it.clock.pass(Duration.ofDays(3));
    it.put(rule("").setExpiration(days(1)));
    it.work();
    assertThat(it.versions()).isEmpty();
  }

  @Test
  void new_rules_rest_until_their_put_is_answered() {
    it.write("a");
    it.put(rule("").setExpiration(days(1)));
    it.clock.pass(Duration.ofDays(2));
    it.store.lifecycles().mark(it.bucket(), Duration.ofSeconds(4));
    it.work();
    assertThat(it.versions()).containsExactly("a");
    it.clock.pass(Duration.ofSeconds(5));
    it.work();
    assertThat(it.versions()).isEmpty();
  }

  @Test
  void another_node_goes_on_where_one_has_stopped() {
    it.write("a");
    it.write("b");
    it.put(rule("").setExpiration(days(1)));
    it.clock.pass(Duration.ofDays(2));
    var entry = it.store.lifecycles().all().iterator().next();
    long cycle = it.clock.wallMicros() / (Duration.ofDays(1).toNanos() / 1000);
    LifecycleRow halfway =
        entry.row().toBuilder()
            .setCycle(cycle)
            .setAfter(com.google.protobuf.ByteString.copyFromUtf8("b"))
            .build();
    Objects.requireNonNull(it.store.lifecycles().write(entry, halfway));
    it.work();
    assertThat(it.versions()).containsExactly("a");
  }

  @Test
  void of_all_nodes_one_works_on_a_bucket() {
    it.write("a");
    it.put(rule("").setExpiration(days(1)));
    it.clock.pass(Duration.ofDays(2));
    var shard = it.bucket().shards().getFirst();
    int mine = 0;
    for (int node = 1; node <= 3; node++) {
      mine +=
          new BucketAssignment(new NodeId(node), it.cluster, other -> false).isMine(shard) ? 1 : 0;
    }
    assertThat(mine).isEqualTo(1);
    boolean first = new BucketAssignment(new NodeId(1), it.cluster, other -> false).isMine(shard);
    RuleBucket.work(it.worker(node -> false));
    assertThat(it.versions().isEmpty()).isEqualTo(first);
  }

  @Test
  void a_bucket_that_has_lost_its_rules_costs_nothing_after_a_while() {
    it.put(rule("").setExpiration(days(1)));
    it.store.buckets().change(it.bucket(), row -> row.toBuilder().clearLifecycle().build());
    it.work();
    assertThat(it.store.lifecycles().all()).hasSize(1);
    it.clock.pass(Duration.ofHours(2));
    it.work();
    assertThat(it.store.lifecycles().all()).isEmpty();
    assertThat(it.counted("walks")).isZero();
  }

  @Test
  void without_a_quorum_a_bucket_is_left_for_later() {
    it.write("a");
    it.put(rule("").setExpiration(days(1)));
    it.clock.pass(Duration.ofDays(2));
    it.cluster.refuse(request -> request.toString().startsWith("Scan"));
    var worker = it.worker();
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> RuleBucket.work(worker))
        .isInstanceOf(rondo.store.row.StoreException.class);
    it.cluster.refuse(request -> false);
    it.work();
    assertThat(it.versions()).isEmpty();
  }

  @Test
  void objects_change_their_class_and_nothing_else() {
    it.write("a");
    it.put(
        rule("")
            .addTransitions(
                LifecycleTransition.newBuilder().setAfter(days(1)).setStorageClass("GLACIER_IR")));
    it.clock.pass(Duration.ofDays(2));
    it.work();
    var row = Objects.requireNonNull(it.store.objects().read(it.bucket(), "a")).row();
    assertThat(row.getStorageClass()).isEqualTo("GLACIER_IR");
    assertThat(row.getSize()).isEqualTo(1 << 20);
    assertThat(row.getModifiedMicros()).isLessThan(it.clock.wallMicros());
    assertThat(it.counted("transitioned")).isEqualTo(1);
  }

  @Test
  void uncompleted_uploads_are_aborted() {
    UploadRow row = UploadRow.newBuilder().setInitiatedMicros(it.clock.wallMicros()).build();
    it.store.uploads().create(it.bucket(), "a/1", row);
    it.store.uploads().create(it.bucket(), "b/1", row);
    it.put(rule("a/").setAbortDays(1));
    it.clock.pass(Duration.ofDays(2));
    it.work();
    var left = new ArrayList<UploadTable.Entry>();
    it.store.uploads().list(it.bucket(), "", null, "", "", 10, left);
    assertThat(left).extracting(UploadTable.Entry::name).containsExactly("b/1");
    assertThat(it.counted("uploads_aborted")).isEqualTo(1);
  }
}
