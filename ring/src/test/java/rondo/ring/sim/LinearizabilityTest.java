package rondo.ring.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import rondo.ring.sim.ClientOperation.Kind;
import rondo.ring.value.Bytes;

/** Tests the checker on histories made by hand. */
final class LinearizabilityTest {
  private static final long NEVER = Long.MAX_VALUE;

  @Test
  void an_empty_history_holds() {
    assertThat(Linearizability.holds(List.of())).isTrue();
  }

  @Test
  void reads_may_see_a_write_that_is_under_way_or_not() {
    assertThat(holds(write("x", 0, 10), read(null, 1, 5), read("x", 6, 9))).isTrue();
  }

  @Test
  void a_read_that_misses_an_acknowledged_write_is_found() {
    assertThat(holds(write("x", 0, 1), read(null, 2, 3))).isFalse();
  }

  @Test
  void a_read_of_what_nobody_wrote_is_found() {
    assertThat(holds(write("x", 0, 1), read("y", 2, 3))).isFalse();
  }

  @Test
  void a_new_value_that_turns_old_again_is_found() {
    assertThat(holds(write("x", 0, 10), read("x", 1, 2), read(null, 3, 4))).isFalse();
  }

  @Test
  void two_readers_who_disagree_on_the_order_are_found() {
    assertThat(
            holds(
                write("x", 0, 1),
                write("y", 0, 1),
                read("x", 2, 3),
                read("y", 4, 5),
                read("x", 6, 7)))
        .isFalse();
  }

  @Test
  void a_write_without_an_answer_may_show_late_or_never() {
    assertThat(holds(write("x", 0, NEVER), read(null, 1, 2), read("x", 3, 4))).isTrue();
    assertThat(holds(write("x", 0, NEVER), read(null, 1, 2))).isTrue();
  }

  @Test
  void a_write_without_an_answer_that_shows_and_vanishes_is_found() {
    assertThat(holds(write("x", 0, NEVER), read("x", 1, 2), read(null, 3, 4))).isFalse();
  }

  @Test
  void two_winners_from_the_same_state_are_found() {
    assertThat(holds(won(null, "x", 0, 5), won(null, "y", 1, 6))).isFalse();
    assertThat(holds(won(null, "x", 0, 5), won("x", "y", 1, 6))).isTrue();
  }

  @Test
  void two_winners_of_equal_values_are_found() {
    assertThat(holds(won(null, "x", 0, 5), won(null, "x", 1, 6))).isFalse();
  }

  @Test
  void a_refusal_for_a_state_that_never_was_is_found() {
    assertThat(holds(declined("x", 0, 1))).isFalse();
    assertThat(holds(write("x", 0, NEVER), declined("x", 2, 3))).isTrue();
  }

  @Test
  void a_listing_that_misses_an_acknowledged_row_is_found() {
    assertThat(holds(write("x", 0, 1), listed(false, 2, 3))).isFalse();
    assertThat(holds(write("x", 0, 1), write(null, 2, 3), listed(true, 4, 5))).isFalse();
    assertThat(holds(write("x", 0, 1), write(null, 2, 5), listed(true, 4, 6))).isTrue();
  }

  private static boolean holds(ClientOperation... operations) {
    return Linearizability.holds(List.of(operations));
  }

  private static ClientOperation write(@Nullable String value, long start, long end) {
    return new ClientOperation(Kind.WRITE, bytes(value), null, start, end);
  }

  private static ClientOperation read(@Nullable String value, long start, long end) {
    return new ClientOperation(Kind.READ, bytes(value), null, start, end);
  }

  private static ClientOperation won(
      @Nullable String expected, String value, long start, long end) {
    return new ClientOperation(Kind.WON, bytes(value), bytes(expected), start, end);
  }

  private static ClientOperation declined(@Nullable String found, long start, long end) {
    return new ClientOperation(Kind.DECLINED, null, bytes(found), start, end);
  }

  private static ClientOperation listed(boolean there, long start, long end) {
    return new ClientOperation(there ? Kind.LISTED : Kind.NOT_LISTED, null, null, start, end);
  }

  private static @Nullable Bytes bytes(@Nullable String text) {
    return text == null ? null : Bytes.utf8(text);
  }
}
