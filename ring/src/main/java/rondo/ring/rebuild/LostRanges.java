package rondo.ring.rebuild;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.register.RegisterState;
import rondo.ring.value.Key;

/**
 * What a replica has forgotten, as its disk knows it. Until {@link #end} it answers nobody who asks
 * about these keys but to refuse, over restarts too. Used by one thread.
 */
public interface LostRanges {
  /**
   * A range of keys.
   *
   * @param from inclusive
   * @param to exclusive; null for the end
   * @param voters whether it is the register of layouts, which the layout's voters hold
   */
  record Loss(Key from, @Nullable Key to, boolean voters) {
    /** What is left of it behind {@code end}; null when that is nothing. */
    @Nullable Loss behind(@Nullable Key end) {
      return end == null ? null : new Loss(end, to, voters);
    }
  }

  /** The name of a register and what another replica remembers of it. */
  record Register(Key key, RegisterState state) {
    /** Registers in the form of a message; null when the row of one can't be read. */
    public static @Nullable List<Register> read(List<Reply.Register> told) {
      try {
        return told.stream()
            .map(it -> new Register(it.key(), RegisterState.decode(it.row())))
            .toList();
      } catch (IllegalArgumentException _) {
        return null;
      }
    }

    /** In the form of a message. */
    public Reply.Register told() {
      return new Reply.Register(key, state.encode());
    }
  }

  /** Those that are known now; what lies first may be needed to mend what lies behind. */
  List<Loss> open();

  /** Told of each before anything is taken for it: what was counted with these rows counts anew. */
  void begin(Loss loss);

  /** Takes over what another replica remembers; false when that fails: it may be tried again. */
  boolean take(List<Register> registers);

  /**
   * Returns when all that was taken, and that nothing of {@code loss} is lost before {@code upTo}
   * any more, is durable; false when that fails. What is behind stays lost.
   *
   * @param loss as {@link #open} told it last
   * @param upTo exclusive; null for all of it
   */
  boolean end(Loss loss, @Nullable Key upTo);
}
