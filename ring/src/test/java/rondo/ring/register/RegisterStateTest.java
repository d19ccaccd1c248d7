package rondo.ring.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.value.AcceptedValue;
import rondo.ring.value.Ballot;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

final class RegisterStateTest {
  private static final Key KEY = new Key(1, Bytes.utf8("p"), Bytes.utf8("s"));
  private static final Bytes VALUE = Bytes.utf8("value");

  @Test
  void a_newer_state_is_taken_and_an_older_one_is_done_already() {
    RegisterTransition newer = RegisterState.NEVER.propagate(propagate(5, VALUE));
    assertThat(newer.changed()).isTrue();
    assertThat(newer.state().query(true))
        .isEqualTo(new Reply.State(new VersionedValue(stamp(5), VALUE), true));
    assertThat(newer.state().query(false))
        .isEqualTo(new Reply.State(new VersionedValue(stamp(5), null), true));
    RegisterTransition older = newer.state().propagate(propagate(4, null));
    assertThat(older).isEqualTo(new RegisterTransition(newer.state(), new Reply.Done(), false));
  }

  @Test
  void a_delete_is_a_state_like_any_other() {
    RegisterState deleted =
        RegisterState.NEVER
            .propagate(propagate(5, VALUE))
            .state()
            .propagate(propagate(6, null))
            .state();
    assertThat(deleted.query(true))
        .isEqualTo(new Reply.State(new VersionedValue(stamp(6), null), false));
  }

  @Test
  void a_lower_ballot_is_outbid_and_the_same_one_is_promised_again() {
    RegisterState promised = RegisterState.NEVER.prepare(prepare(0, 7)).state();
    assertThat(promised.prepare(prepare(0, 6)).reply()).isEqualTo(new Reply.Outbid(ballot(7)));
    assertThat(promised.accept(accept(0, 6)).reply()).isEqualTo(new Reply.Outbid(ballot(7)));
    assertThat(promised.prepare(prepare(0, 7)))
        .isEqualTo(new RegisterTransition(promised, new Reply.Promised(null), false));
  }

  @Test
  void a_later_ballot_learns_what_was_accepted() {
    RegisterState accepted = RegisterState.NEVER.accept(accept(0, 7)).state();
    assertThat(accepted.prepare(prepare(0, 8)).reply())
        .isEqualTo(new Reply.Promised(new AcceptedValue(ballot(7), ballot(3), VALUE)));
  }

  @Test
  void who_takes_over_from_others_keeps_the_newest_state_and_what_was_promised_on_top() {
    RegisterState voted = RegisterState.NEVER.accept(accept(0, 7)).state();
    RegisterState promised = voted.prepare(prepare(0, 9)).state();
    RegisterState other = RegisterState.NEVER.accept(accept(0, 8)).state();
    RegisterState sum = RegisterState.NEVER.absorb(promised).state().absorb(other).state();
    assertThat(sum).isEqualTo(other.absorb(promised).state());
    assertThat(sum.accept(accept(0, 8)).reply()).isEqualTo(new Reply.Outbid(ballot(9)));
    assertThat(sum.prepare(prepare(0, 10)).reply())
        .as("the vote of the higher ballot")
        .isEqualTo(new Reply.Promised(new AcceptedValue(ballot(8), ballot(3), VALUE)));

    RegisterState past = RegisterState.NEVER.propagate(propagate(5, VALUE)).state();
    assertThat(sum.absorb(past).state()).isEqualTo(past);
    assertThat(past.absorb(sum)).isEqualTo(new RegisterTransition(past, new Reply.Done(), false));
  }

  @Test
  void bases_do_not_contend() {
    RegisterState state = RegisterState.NEVER.prepare(prepare(4, 9)).state();
    assertThat(state.prepare(prepare(3, 1)).reply()).isEqualTo(new Reply.Promised(null));
    assertThat(state.prepare(prepare(3, 1)).state().instances()).hasSize(2);
  }

  @Test
  void a_base_that_is_overtaken_is_refused_and_forgotten() {
    RegisterState state =
        RegisterState.NEVER.accept(accept(3, 7)).state().accept(accept(5, 7)).state();
    RegisterState moved = state.propagate(propagate(4, VALUE)).state();
    assertThat(moved.instances()).extracting(PaxosInstance::base).containsExactly(stamp(5));
    assertThat(moved.prepare(prepare(3, 9)).reply()).isEqualTo(new Reply.Moved(stamp(4)));
    assertThat(moved.accept(accept(3, 9)).reply()).isEqualTo(new Reply.Moved(stamp(4)));
    assertThat(moved.prepare(prepare(4, 1)).reply()).isEqualTo(new Reply.Promised(null));
  }

  @Test
  void unfinished_writes_are_bounded() {
    RegisterState state = RegisterState.NEVER;
    for (int i = 0; i < RegisterState.MOST_INSTANCES; i++) {
      state = state.prepare(prepare(i, 1)).state();
    }
    assertThat(state.prepare(prepare(1000, 1)).reply()).isInstanceOf(Reply.Refused.class);
    assertThat(state.accept(accept(1000, 1)).reply()).isInstanceOf(Reply.Refused.class);
    assertThat(state.prepare(prepare(3, 2)).reply()).isEqualTo(new Reply.Promised(null));
  }

  @Test
  void a_row_comes_back_as_it_went() {
    RegisterState state =
        RegisterState.NEVER
            .propagate(propagate(5, VALUE))
            .state()
            .accept(accept(5, 7))
            .state()
            .prepare(prepare(6, 8))
            .state();
    assertThat(RegisterState.decode(state.encode())).isEqualTo(state);
    assertThat(RegisterState.decode(RegisterState.NEVER.encode())).isEqualTo(RegisterState.NEVER);
  }

  @Test
  void the_current_state_of_a_row_is_seen_without_what_is_unfinished() {
    RegisterState state =
        RegisterState.NEVER.propagate(propagate(5, VALUE)).state().prepare(prepare(6, 7)).state();
    assertThat(RegisterState.see(state.encode()))
        .isEqualTo(new RegisterState.Seen(stamp(5), ByteBuffer.wrap(VALUE.array())));
    Bytes deleted = RegisterState.NEVER.propagate(propagate(6, null)).state().encode();
    assertThat(RegisterState.see(deleted)).isEqualTo(new RegisterState.Seen(stamp(6), null));
    Bytes cut = state.encode().slice(0, 27);
    assertThatThrownBy(() -> RegisterState.see(cut)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RegisterState.see(Bytes.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_row_that_is_cut_off_or_damaged_is_refused_plainly() {
    byte[] row = RegisterState.NEVER.accept(accept(5, 7)).state().encode().array();
    for (int length = 0; length < row.length; length++) {
      Bytes cut = Bytes.wrap(java.util.Arrays.copyOf(row, length));
      assertThatThrownBy(() -> RegisterState.decode(cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
    var random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = row.clone();
      damaged[random.nextInt(row.length)] = (byte) random.nextInt();
      try {
        RegisterState.decode(Bytes.wrap(damaged));
      } catch (IllegalArgumentException _) {
        // As it should be.
      }
    }
  }

  private static Stamp stamp(long time) {
    return time == 0 ? Stamp.ZERO : new Stamp(time, 1, 0);
  }

  private static Ballot ballot(long round) {
    return new Ballot(round, 1);
  }

  private static Request.Propagate propagate(long time, @Nullable Bytes value) {
    return new Request.Propagate(0, KEY, new VersionedValue(stamp(time), value));
  }

  private static Request.Prepare prepare(long base, long ballot) {
    return new Request.Prepare(0, KEY, stamp(base), ballot(ballot));
  }

  private static Request.Accept accept(long base, long ballot) {
    return new Request.Accept(0, KEY, stamp(base), ballot(ballot), ballot(3), VALUE);
  }
}
