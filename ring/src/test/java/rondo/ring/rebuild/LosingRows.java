package rondo.ring.rebuild;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Ring;
import rondo.ring.port.Replica;
import rondo.ring.register.RegisterState;
import rondo.ring.register.RegisterTransition;
import rondo.ring.sim.RowsOnlyNode;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;

/** The rows of a simulated node, which survive crashes; damage may take some of them. */
public final class LosingRows implements LostRanges {
  /** A replica that answers from these rows. */
  public final Replica node = new RowsOnlyNode(this::answer);

  private static final Key FIRST = new Key(0, Bytes.EMPTY, Bytes.EMPTY);

  private final TreeMap<Key, RegisterState> rows = new TreeMap<>(Key.ORDER);
  private final List<KeyRange> losses = new ArrayList<>();
  private final Ring ring;
  private final int pageRows;
  private final boolean votesAtOnce;
  private final boolean statesOnly;

  public LosingRows(Ring ring, int pageRows, boolean votesAtOnce, boolean statesOnly) {
    this.ring = ring;
    this.pageRows = pageRows;
    this.votesAtOnce = votesAtOnce;
    this.statesOnly = statesOnly;
  }

  public void lose(Key from, @Nullable Key to) {
    range(from, to).clear();
    losses.add(new KeyRange(from, to, false));
  }

  public void loseAll() {
    lose(FIRST, null);
  }

  private NavigableMap<Key, RegisterState> range(Key from, @Nullable Key to) {
    return to == null ? rows.tailMap(from, true) : rows.subMap(from, true, to, false);
  }

  private boolean isLost(Key from, @Nullable Key to) {
    return losses.stream()
        .anyMatch(loss -> {
          Key end = loss.to();
          return (end == null || Key.ORDER.compare(from, end) < 0)
              && (to == null || Key.ORDER.compare(loss.from(), to) < 0);
        });
  }

  private boolean isLost(Key key) {
    var zero = Bytes.wrap(new byte[1]);
    var sort = Bytes.concat(key.sort(), zero);
    return isLost(key, new Key(key.table(), key.partition(), sort));
  }

  RegisterState at(Key key) {
    return rows.getOrDefault(key, RegisterState.NEVER);
  }

  public Reply answer(Request.Rows request) {
    return switch (request) {
      case Request.Query m -> unlessLost(m.key(), () -> at(m.key()).query(m.full()));
      case Request.Propagate m -> apply(m.key(), state -> state.propagate(m));
      case Request.Prepare m -> apply(m.key(), state -> state.prepare(m));
      case Request.Accept m -> apply(m.key(), state -> state.accept(m));
      case Request.PullRegisters m -> pull(m);
      default -> new Reply.Refused(Reply.Reason.MALFORMED, "not simulated");
    };
  }

  private Reply unlessLost(Key key, Supplier<Reply> answer) {
    return isLost(key) && !votesAtOnce
        ? new Reply.Refused(Reply.Reason.UNAVAILABLE, "lost")
        : answer.get();
  }

  private Reply apply(Key key, Function<RegisterState, RegisterTransition> step) {
    return unlessLost(key, () -> change(key, step));
  }

  private Reply change(Key key, Function<RegisterState, RegisterTransition> step) {
    RegisterTransition done = step.apply(at(key));
    rows.put(key, done.state());
    return done.reply();
  }

  private Reply pull(Request.PullRegisters pull) {
    if (isLost(pull.from(), pull.to())) {
      return new Reply.Refused(Reply.Reason.UNAVAILABLE, "lost");
    }
    var partitions = BitSet.valueOf(pull.partitions().array());
    var page = new ArrayList<Reply.Register>();
    for (var row : range(pull.from(), pull.to()).entrySet()) {
      if (page.size() == pageRows) {
        return new Reply.Registers(page, row.getKey());
      }
      if (partitions.get(ring.partitionOf(row.getKey().partition()))) {
        page.add(new Reply.Register(row.getKey(), row.getValue().encode()));
      }
    }
    return new Reply.Registers(page, null);
  }

  @Override
  public List<KeyRange> open() {
    return List.copyOf(losses);
  }

  @Override
  public void begin(KeyRange loss) {}

  @Override
  public boolean take(List<Register> registers) {
    for (Register register : registers) {
      RegisterState theirs =
          statesOnly ? new RegisterState(register.state().current(), List.of()) : register.state();
      change(register.key(), state -> state.absorb(theirs));
    }
    return true;
  }

  @Override
  public boolean end(KeyRange loss, @Nullable Key upTo) {
    int at = losses.indexOf(loss);
    if (at < 0) {
      return false;
    }
    losses.remove(at);
    KeyRange rest = loss.behind(upTo);
    if (rest != null) {
      losses.add(at, rest);
    }
    return true;
  }
}
