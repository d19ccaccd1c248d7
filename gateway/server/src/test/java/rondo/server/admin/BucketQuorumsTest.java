package rondo.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rondo.metadata.rows.ObjectRow;
import rondo.ring.layout.Layout;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.value.NodeId;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.store.Store;
import rondo.store.StoreCluster;
import rondo.store.row.StoreException;
import tools.jackson.databind.json.JsonMapper;

@Tag("node")
final class BucketQuorumsTest {
  private static final Layout LAYOUT =
      Layout.first(
          "cluster", new Ring(16), new Node(new NodeId(1), "", 1, "", ""), Replication.DEFAULT);

  private final StoreCluster cluster = new StoreCluster();
  private final Store store = cluster.gateway(1);
  private final BucketApi api = new BucketApi(store, cluster, () -> LAYOUT, name -> Map.of());

  BucketQuorumsTest() {
    store.buckets().create("b", "owner", "region");
  }

  private Map<String, Object> set(int n, int r, int w) {
    return api.setQuorums("b", JsonMapper.shared().valueToTree(Map.of("n", n, "r", r, "w", w)));
  }

  private void write() {
    store.objects().write(store.buckets().find("b"), "k", ObjectRow.getDefaultInstance());
  }

  @Test
  void a_write_waits_for_as_many_replicas_as_its_bucket_asks_for() {
    write();
    assertThat(api.usage("b")).containsEntry("n", 3).containsEntry("r", 2).containsEntry("w", 2);
    assertThat(set(3, 2, 3)).containsEntry("w", 3).containsEntry("r", 2);
    write();
    cluster.stop(3);
    assertThatThrownBy(this::write).isInstanceOf(StoreException.class);
    assertThat(store.objects().read(store.buckets().find("b"), "k")).isNotNull();
    assertThat(set(0, 0, 0)).containsEntry("w", 2);
    write();
  }

  @Test
  void a_read_waits_for_as_many_replicas_as_its_bucket_asks_for() {
    write();
    set(0, 3, 0);
    assertThat(store.objects().read(store.buckets().find("b"), "k")).isNotNull();
    cluster.stop(2);
    assertThatThrownBy(() -> store.objects().read(store.buckets().find("b"), "k"))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void an_available_bucket_may_ask_for_one_node_and_tells_its_conflicts() {
    assertThat(api.setAvailable("b")).containsEntry("available", true).containsEntry("w", 1);
    assertThat(set(3, 1, 2)).containsEntry("r", 1).containsEntry("w", 2);
    write();
    assertThat(api.conflicts("b")).containsEntry("conflicts", 0L);
    assertThat(api.usage("b")).containsEntry("objects", 1L).containsEntry("available", true);
  }

  @ParameterizedTest
  @CsvSource({"5, 2, 2", "1, 1, 1", "3, 1, 3", "3, 2, 1", "3, 4, 2", "3, 2, 4", "-1, 2, 2"})
  void what_is_unsafe_or_cannot_be_is_refused(int n, int r, int w) {
    assertThatThrownBy(() -> set(n, r, w))
        .isInstanceOf(S3Exception.class)
        .extracting(e -> ((S3Exception) e).error())
        .isEqualTo(S3Error.INVALID_ARGUMENT);
    assertThat(api.usage("b")).containsEntry("n", 3).containsEntry("r", 2).containsEntry("w", 2);
  }
}
