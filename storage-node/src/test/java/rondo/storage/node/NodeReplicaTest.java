package rondo.storage.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import rondo.metadata.engine.Cursor;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineCounters;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.EngineSnapshot;
import rondo.metadata.engine.LostRange;
import rondo.metadata.engine.MemoryEngine;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.shard.ShardFence;
import rondo.metadata.table.Tables;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.message.Row;
import rondo.ring.message.ScanRange;
import rondo.ring.placement.Ring;
import rondo.ring.value.Ballot;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

final class NodeReplicaTest {
  private static final Ring RING = new Ring(16);
  private static final Bytes SHARD = Bytes.utf8("shard-of-16bytes");

  private final NodeReplica replica = new NodeReplica(new MemoryEngine(), () -> RING);

  private static Key key(int table, String sort) {
    return new Key(table, SHARD, Bytes.utf8(sort));
  }

  private static Request.Propagate put(Key key, long time, @Nullable String value) {
    return putBytes(key, time, value == null ? null : Bytes.utf8(value));
  }

  private static Request.Propagate putBytes(Key key, long time, @Nullable Bytes bytes) {
    return new Request.Propagate(1, key, new VersionedValue(new Stamp(time, 1, 0), bytes));
  }

  private Reply handle(Request.Rows request) {
    return replica.answer(request);
  }

  private VersionedValue query(Key key) {
    return ((Reply.State) handle(new Request.Query(1, key, true))).state();
  }

  @Test
  void what_was_propagated_is_queried_and_older_states_change_nothing() {
    Key key = key(Tables.KEYS, "a");
    assertThat(query(key)).isEqualTo(VersionedValue.NEVER);
    assertThat(handle(put(key, 5, "new"))).isEqualTo(new Reply.Done());
    assertThat(handle(put(key, 4, "old"))).isEqualTo(new Reply.Done());
    assertThat(query(key)).isEqualTo(new VersionedValue(new Stamp(5, 1, 0), Bytes.utf8("new")));
    assertThat(handle(new Request.Query(1, key, false)))
        .isEqualTo(new Reply.State(new VersionedValue(new Stamp(5, 1, 0), null), true));
  }

  @Test
  void a_promise_outlives_the_request_that_made_it() {
    Key key = key(Tables.BUCKETS, "b");
    var prepare = new Request.Prepare(1, key, Stamp.ZERO, new Ballot(9, 1));
    assertThat(handle(prepare)).isEqualTo(new Reply.Promised(null));
    var late =
        new Request.Accept(1, key, Stamp.ZERO, new Ballot(8, 2), new Ballot(8, 2), Bytes.EMPTY);
    assertThat(handle(late)).isEqualTo(new Reply.Outbid(new Ballot(9, 1)));
  }

  @Test
  void a_closed_shard_refuses_what_is_new_to_it_until_it_is_open_again() {
    Key fence = key(Tables.SHARDS, "");
    Key object = key(Tables.UPLOADS, "k");
    handle(put(object, 1, "there"));
    handle(putBytes(fence, 2, ShardFence.OPEN.closedBy(Bytes.utf8("d")).value()));
    for (int table : List.of(Tables.UPLOADS, Tables.VERSIONS, Tables.PARTS)) {
      assertThat(handle(put(key(table, "k"), 3, "x")))
          .isInstanceOfSatisfying(
              Reply.Refused.class, r -> assertThat(r.reason()).isEqualTo(Reply.Reason.CLOSED));
    }
    var accept =
        new Request.Accept(
            1, object, new Stamp(1, 1, 0), new Ballot(1, 1), new Ballot(1, 1), Bytes.EMPTY);
    assertThat(handle(accept)).isInstanceOf(Reply.Refused.class);
    assertThat(handle(put(object, 1, "there"))).as("written back").isEqualTo(new Reply.Done());
    assertThat(handle(put(key(Tables.KEYS, "k"), 3, "x"))).isEqualTo(new Reply.Done());
    VersionedValue copied = new VersionedValue(new Stamp(4, 1, 0), Bytes.utf8("copied"));
    handle(new Request.PushRows(1, List.of(new Row(object, copied, null))));
    assertThat(query(object)).isEqualTo(copied);
    handle(put(fence, 5, null));
    assertThat(handle(put(object, 6, "x"))).isEqualTo(new Reply.Done());
  }

  @Test
  void a_scan_over_many_deleted_rows_ends_where_it_is_and_goes_on_there() {
    int rows = 3 * RowScan.MOST_ROWS;
    for (int i = 0; i < rows; i++) {
      handle(put(key(Tables.KEYS, "k%06d".formatted(i)), 1, i == rows - 1 ? "last" : null));
    }
    var range = new ScanRange(Tables.KEYS, SHARD, Bytes.EMPTY, Bytes.EMPTY, null, 10);
    int pages = 1;
    var page = (Reply.Page) handle(new Request.Scan(1, range, true));
    while (page.next() != null) {
      assertThat(page.entries()).isEmpty();
      page = (Reply.Page) handle(new Request.Scan(1, range.at(page.next(), 10), true));
      pages++;
    }
    assertThat(page.entries()).extracting(e -> e.sort().utf8()).containsExactly("k059999");
    assertThat(page.more()).isFalse();
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void a_scan_gives_live_rows_in_order_and_objects_without_their_bytes() {
    var row = ObjectRow.newBuilder().setEtag("e").setSize(3);
    row.setInlineData(ByteString.copyFromUtf8("abc"));
    for (String sort : List.of("b", "a", "dir/1", "dir/2", "e")) {
      Bytes value = Bytes.wrap(row.build().toByteArray());
      handle(
          new Request.Propagate(
              1, key(Tables.OBJECTS, sort), new VersionedValue(new Stamp(1, 1, 0), value)));
    }
    handle(put(key(Tables.OBJECTS, "b"), 2, null));
    handle(put(key(Tables.UPLOADS, "c"), 1, "another table"));
    var range = new ScanRange(Tables.OBJECTS, SHARD, Bytes.EMPTY, Bytes.EMPTY, Bytes.utf8("/"), 10);
    var page = (Reply.Page) handle(new Request.Scan(1, range, true));
    Bytes listed = Bytes.wrap(row.clearInlineData().build().toByteArray());
    Stamp stamp = new Stamp(1, 1, 0);
    assertThat(page)
        .isEqualTo(
            new Reply.Page(
                List.of(
                    new Reply.Entry(null, Bytes.utf8("a"), stamp, listed),
                    new Reply.Entry(Bytes.utf8("dir/"), Bytes.utf8("dir/1"), stamp, null),
                    new Reply.Entry(null, Bytes.utf8("e"), stamp, listed)),
                false));
    var digest = (Reply.Page) handle(new Request.Scan(1, range, false));
    assertThat(digest.entries()).hasSize(3).allMatch(entry -> entry.value() == null);
  }

  @Test
  void pulled_rows_are_all_those_of_the_partitions_and_arrive_page_by_page() {
    var wanted = new BitSet();
    wanted.set(0, 5);
    var expected = new ArrayList<Key>();
    for (int i = 0; i < 200; i++) {
      Bytes partition = Bytes.utf8("p%03d".formatted(i / 2));
      var key = new Key(Tables.UPLOADS, partition, Bytes.utf8("s" + i % 2));
      handle(put(key, i + 1, i % 3 == 0 ? null : "v"));
      if (RING.partitionOf(partition) < 5) {
        expected.add(key);
      }
    }
    var pulled = new ArrayList<Key>();
    Key after = null;
    do {
      var request = new Request.PullRows(1, Bytes.wrap(wanted.toByteArray()), after, 7);
      var rows = (Reply.Rows) handle(request);
      assertThat(rows.rows().size()).isLessThanOrEqualTo(7);
      rows.rows().forEach(row -> pulled.add(row.key()));
      after = rows.next();
    } while (after != null);
    assertThat(pulled).isEqualTo(expected);
  }

  @Test
  void a_pulled_row_carries_the_unfinished_write_on_top_of_it() {
    Key key = key(Tables.BUCKETS, "b");
    Bytes value = Bytes.utf8("mine");
    handle(new Request.Accept(1, key, Stamp.ZERO, new Ballot(3, 1), new Ballot(2, 1), value));
    var all = new BitSet();
    all.set(0, 16);
    var rows = (Reply.Rows) handle(new Request.PullRows(1, Bytes.wrap(all.toByteArray()), null, 9));
    assertThat(rows.rows())
        .containsExactly(
            new Row(
                key, VersionedValue.NEVER, new Row.Pending(Stamp.ZERO, new Ballot(3, 1), value)));
  }

  @Test
  void a_failed_disk_refuses_before_it_writes_and_is_silent_when_it_may_have_written() {
    Key key = key(Tables.KEYS, "a");
    var refusing = new NodeReplica(new FailingEngine(true), () -> RING);
    assertThat(refusing.answer(put(key, 1, "v")))
        .isInstanceOfSatisfying(
            Reply.Refused.class, r -> assertThat(r.reason()).isEqualTo(Reply.Reason.UNAVAILABLE));
    var silent = new NodeReplica(new FailingEngine(false), () -> RING);
    assertThatThrownBy(() -> silent.answer(put(key, 1, "v"))).isInstanceOf(EngineException.class);
    assertThat(silent.answer(new Request.Query(1, key, true)))
        .as("what it can't show to be durable")
        .isInstanceOf(Reply.Refused.class);
  }

  /** An engine that fails when it writes, or else when it syncs. */
  private static final class FailingEngine implements Engine {
    private final MemoryEngine inner = new MemoryEngine();
    private final boolean early;

    FailingEngine(boolean early) {
      this.early = early;
    }

    @Override
    public @Nullable Entry get(Bytes key) {
      return inner.get(key);
    }

    @Override
    public long write(List<Change> changes) {
      if (early) {
        throw new EngineException("full");
      }
      return inner.write(changes);
    }

    @Override
    public void awaitDurable(long sequence) {
      throw new EngineException("failed");
    }

    @Override
    public Cursor cursor(Bytes from, @Nullable Bytes to) {
      return inner.cursor(from, to);
    }

    @Override
    public EngineSnapshot snapshot() {
      return inner.snapshot();
    }

    @Override
    public Verified verify(Pace pace) {
      return inner.verify(pace);
    }

    @Override
    public @Nullable Entry getIntact(Bytes key) {
      return inner.getIntact(key);
    }

    @Override
    public List<LostRange> lostRanges() {
      return inner.lostRanges();
    }

    @Override
    public boolean isWhole() {
      return inner.isWhole();
    }

    @Override
    public void markRepaired(Bytes from, @Nullable Bytes to) {
      inner.markRepaired(from, to);
    }

    @Override
    public EngineCounters counters() {
      return inner.counters();
    }

    @Override
    public void close() {}
  }
}
