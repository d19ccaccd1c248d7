package rondo.store.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.shard.ShardFence;
import rondo.metadata.table.Keys;
import rondo.metadata.table.Tables;
import rondo.ring.coordinate.Decision;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.value.Bytes;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;
import rondo.store.Store;
import rondo.store.StoreCluster;
import rondo.store.TestRefusal;
import rondo.store.row.Bucket;
import rondo.store.row.RowStore;
import rondo.store.row.StoreException;
import rondo.store.row.StoreException.Reason;

@Tag("long")
public final class BucketTest {
  private final StoreCluster cluster = new StoreCluster();
  private final Store store = cluster.gateway(1);
  private final Store other = cluster.gateway(2);

  private static ObjectRow row(String etag) {
    return ObjectRow.newBuilder().setEtag(etag).build();
  }

  public static void refuses(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  /** Checks that a refusal of the caller's own condition passes through the store. */
  public static void refusesItself(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(TestRefusal.class);
  }

  @Test
  void a_name_is_given_once() {
    assertThat(store.buckets().create("b", "ann", "r")).isNull();
    Bucket there = Objects.requireNonNull(other.buckets().create("b", "bob", "r"));
    assertThat(there.owner()).isEqualTo("ann");
  }

  @Test
  void buckets_are_listed_by_owner_in_the_order_of_their_names() {
    for (String name : new String[] {"c", "a", "b", "ab"}) {
      store.buckets().create(name, name.equals("b") ? "bob" : "ann", "r");
    }
    assertThat(store.buckets().list("ann", "", "", 10))
        .extracting(Bucket::name)
        .containsExactly("a", "ab", "c");
    assertThat(store.buckets().list("ann", "a", "", 10))
        .extracting(Bucket::name)
        .containsExactly("a", "ab");
    assertThat(store.buckets().list("ann", "", "a", 1))
        .extracting(Bucket::name)
        .containsExactly("ab");
  }

  @Test
  void a_bucket_with_an_object_stays_and_takes_writes_again() {
    store.buckets().create("b", "ann", "r");
    Bucket bucket = store.buckets().find("b");
    store.objects().write(bucket, "k", row("1"));
    refuses(Reason.BUCKET_NOT_EMPTY, () -> store.buckets().remove(bucket));
    store.objects().write(bucket, "k", row("2"));
    assertThat(Objects.requireNonNull(store.objects().read(bucket, "k")).row().getEtag())
        .isEqualTo("2");
    store.objects().delete(bucket, "k", ObjectRow.getDefaultInstance(), null);
    store.buckets().remove(bucket);
    refuses(Reason.NO_SUCH_BUCKET, () -> store.buckets().find("b"));
  }

  @Test
  void nothing_is_written_into_a_removed_bucket_under_a_lease() {
    store.buckets().create("b", "ann", "r");
    Bucket leased = other.buckets().find("b");
    store.buckets().remove(store.buckets().find("b"));
    refuses(Reason.NO_SUCH_BUCKET, () -> other.objects().write(leased, "k", row("1")));
    refuses(Reason.NO_SUCH_BUCKET, () -> other.objects().read(leased, "k"));
    refuses(
        Reason.NO_SUCH_BUCKET,
        () -> other.listing().page(leased, Tables.OBJECTS, Bytes.EMPTY, Bytes.EMPTY, null, 1));
  }

  @Test
  void a_bucket_made_again_is_another_one() {
    store.buckets().create("b", "ann", "r");
    Bucket leased = other.buckets().find("b");
    store.buckets().remove(store.buckets().find("b"));
    store.buckets().create("b", "ann", "r");
    store.objects().write(store.buckets().find("b"), "k", row("1"));
    assertThat(Objects.requireNonNull(other.objects().read(leased, "k")).row().getEtag())
        .isEqualTo("1");
    other.objects().write(leased, "k", row("2"));
    assertThat(
            Objects.requireNonNull(store.objects().read(store.buckets().find("b"), "k"))
                .row()
                .getEtag())
        .isEqualTo("2");
  }

  @Test
  void a_writer_ends_a_deletion_whose_gateway_died() {
    store.buckets().create("b", "ann", "r");
    Bucket bucket = store.buckets().find("b");
    store.objects().write(bucket, "there", row("1"));
    BucketRow deleting = bucket.row().toBuilder().setPhase(BucketRow.Phase.DELETING).build();
    store.rows().update(Keys.bucket("b"), before -> new Decision.Put(RowStore.encode(deleting)));
    store
        .rows()
        .write(
            Keys.fence(bucket.shards().getFirst()),
            ShardFence.OPEN.closedBy(Bytes.utf8("a gateway that died")).value());
    other.objects().write(other.buckets().find("b"), "k", row("2"));
    assertThat(other.buckets().fresh("b").isDeleting()).isFalse();
    assertThat(other.objects().read(bucket, "k")).isNotNull();
  }

  @Test
  void without_a_quorum_it_is_certain_that_nothing_was_written() {
    store.buckets().create("b", "ann", "r");
    Bucket bucket = store.buckets().find("b");
    cluster.stop(1);
    store.objects().write(bucket, "k", row("1"));
    cluster.stop(2);
    refuses(Reason.NOT_DONE, () -> store.objects().write(bucket, "k", row("2")));
  }

  /** One replica isn't closed, and takes a write that another one took before it was closed. */
  @Test
  void a_bucket_stays_while_a_write_to_it_can_be_acknowledged() {
    store.buckets().create("b", "ann", "r");
    Bucket bucket = store.buckets().find("b");
    var key = Keys.object(bucket.shards().getFirst(), Bytes.utf8("k"));
    long micros = store.rows().wallMicros();
    var write =
        new Request.Propagate(
            1, key, new VersionedValue(new Stamp(micros, 9, 0), RowStore.encode(row("1"))));
    assertThat(cluster.handle(1, write)).isEqualTo(new Reply.Done());
    cluster.refuse((node, request) ->
        node.value() == 3
            ? isOfFence(request)
            : node.value() == 1 && request instanceof Request.Scan);
    refuses(Reason.NOT_DONE, () -> store.buckets().remove(bucket));
    assertThat(cluster.handle(3, write)).isEqualTo(new Reply.Done());
    cluster.refuse(request -> false);
    refuses(Reason.BUCKET_NOT_EMPTY, () -> store.buckets().remove(bucket));
  }

  private static boolean isOfFence(Request request) {
    return (request instanceof Request.Accept accept && accept.key().table() == Tables.SHARDS)
        || (request instanceof Request.Propagate it && it.key().table() == Tables.SHARDS);
  }
}
