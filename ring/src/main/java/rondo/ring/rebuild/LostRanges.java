package rondo.ring.rebuild;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.register.RegisterState;
import rondo.ring.value.Key;

/**
 * The ranges of keys whose rows a replica has lost, as its disk records them. Until {@link #end}
 * the replica refuses every request about these keys, over restarts too. Used by one thread.
 */
public interface LostRanges {
  /**
   * A range of keys whose rows are lost.
   *
   * @param from inclusive
   * @param to exclusive; null for the end
   * @param voters whether the range is the register of layouts, which the layout's voters hold
   */
  record KeyRange(Key from, @Nullable Key to, boolean voters) {
    /** The rest of this range behind {@code end}; null when nothing is left. */
    @Nullable KeyRange behind(@Nullable Key end) {
      return end == null ? null : new KeyRange(end, to, voters);
    }
  }

  /** A register's key and another replica's memory of it. */
  record Register(Key key, RegisterState state) {
    /** Decodes the registers of a message; null when one of the rows can't be read. */
    public static @Nullable List<Register> read(List<Reply.Register> told) {
      try {
        return told.stream()
            .map(it -> new Register(it.key(), RegisterState.decode(it.row())))
            .toList();
      } catch (IllegalArgumentException _) {
        return null;
      }
    }

    /** This register in the form of a message. */
    public Reply.Register told() {
      return new Reply.Register(key, state.encode());
    }
  }

  /**
   * The ranges that are lost now, in the order of their rebuild: a later one may need the earlier
   * ones.
   */
  List<KeyRange> open();

  /**
   * Called for each range before the first {@link #take} for it: counters over these rows start
   * anew.
   */
  void begin(KeyRange loss);

  /**
   * Takes over another replica's registers; false when that fails, and then it may be tried again.
   */
  boolean take(List<Register> registers);

  /**
   * Makes durable all registers that were taken, and that {@code loss} now begins at {@code upTo};
   * false when that fails.
   *
   * @param loss as {@link #open} returned it last
   * @param upTo exclusive; null for the whole range
   */
  boolean end(KeyRange loss, @Nullable Key upTo);
}
