package rondo.server.order;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rondo.store.system.SystemPorts.TASKS;
import static rondo.store.system.SystemPorts.TIME;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.coordinate.Decision;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.quorum.Outcome;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;
import rondo.s3.identity.IdentityRegisters;

final class OrderBookTest {
  private static final Absence FIRST =
      new Absence(new NodeId(1), "one", 7, Absence.Kind.MAINTENANCE, 1_000_000);

  @Test
  void of_orders_that_exclude_each_other_one_alone_succeeds() throws Exception {
    var row = new Row();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var start = new CyclicBarrier(4);
      var orders =
          threads.invokeAll(
              IntStream.range(0, 4)
                  .<Callable<Boolean>>mapToObj(n ->
                      () -> {
                        start.await();
                        return given(book(row), n);
                      })
                  .toList());
      int given = 0;
      for (var order : orders) {
        given += order.get() ? 1 : 0;
      }
      assertThat(given).isEqualTo(1);
    }
  }

  private static boolean given(OrderBook book, int n) {
    try {
      return book.change(now -> {
        if (!now.absences().isEmpty()) {
          throw new IllegalArgumentException("one is away");
        }
        var id = new NodeId(n);
        return now.with(new Absence(id, "n" + n, 0, Absence.Kind.STOPPED, 1), _ -> false);
      });
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Test
  void orders_are_read_as_they_were_written_and_lines_of_newer_programs_stay() {
    var orders =
        new StandingOrders(
            List.of(FIRST), Map.of("copy", 7L), Set.of("two"), List.of("dance all night"));
    assertThat(StandingOrders.parse(Bytes.utf8(String.join("\n", orders.lines()))))
        .isEqualTo(orders);
    assertThat(StandingOrders.parse(null)).isEqualTo(StandingOrders.NONE);
    assertThat(FIRST.words()).isEqualTo("'one' is in maintenance until 1970-01-01T00:00:01Z");
  }

  @Test
  void a_refused_order_changes_nothing_and_says_why() {
    var row = new Row();
    OrderBook book = book(row);
    assertThat(book.change(now -> now.with(FIRST, _ -> false))).isTrue();
    assertThatThrownBy(() ->
            book.change(_ -> {
              throw new IllegalArgumentException("no");
            }))
        .hasMessage("no");
    assertThat(book.orders().absences()).containsExactly(FIRST);
    row.down = true;
    assertThat(book.change(now -> now)).isFalse();
  }

  @Test
  void rates_follow_orders_and_the_nodes_own_settings_otherwise() {
    OrderBook book = book(new Row());
    assertThat(book.limit(Map.of("copy", "50MiB/s", "repair", "20MiB"))).isTrue();
    assertThat(book.rates().copy()).isEqualTo(50 << 20);
    assertThat(book.rates().repair()).isEqualTo(20 << 20);
    book.limit(Map.of("copy", "default", "repair", "none"));
    assertThat(book.rates().copy()).isEqualTo(5 << 20);
    assertThat(book.rates().repair()).isZero();
    assertThatThrownBy(() -> book.limit(Map.of("copy", "10"))).hasMessageContaining("1MiB/s");
    assertThatThrownBy(() -> book.limit(Map.of("copy", "fast"))).hasMessageContaining("fast");
  }

  private static OrderBook book(Row row) {
    return new OrderBook(row, new CopyRates(5 << 20), TASKS, TIME);
  }

  /** One register in memory, whose decisions may be asked again. */
  private static final class Row implements IdentityRegisters {
    private static final VersionedValue ABSENT = new VersionedValue(Stamp.ZERO, null);
    private final AtomicReference<VersionedValue> state = new AtomicReference<>(ABSENT);
    volatile boolean down;

    @Override
    public Outcome<VersionedValue> read(Key key) {
      return new Outcome.Reached<>(requireNonNull(state.get()));
    }

    @Override
    public Outcome<ConditionalResult.Written> write(Key key, @Nullable Bytes value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Outcome<ConditionalResult> update(Key key, Function<VersionedValue, Decision> judge) {
      while (!down) {
        VersionedValue before = requireNonNull(state.get());
        if (!(judge.apply(before) instanceof Decision.PutOwn(Bytes value))) {
          return new Outcome.Reached<>(new ConditionalResult.Declined(before));
        }
        if (state.compareAndSet(before, new VersionedValue(Stamp.ZERO, value))) {
          return new Outcome.Reached<>(new ConditionalResult.Written(before, Stamp.ZERO, false));
        }
      }
      return new Outcome.Unknown<>("down");
    }

    @Override
    public Outcome<Reply.Page> scan(ScanRange range) {
      throw new UnsupportedOperationException();
    }
  }
}
