package rondo.gateway.identity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.ring.coordinate.Judgement;
import rondo.ring.coordinate.Update;
import rondo.ring.message.Range;
import rondo.ring.message.Reply;
import rondo.ring.quorum.Outcome;
import rondo.ring.register.Bytes;
import rondo.ring.register.Key;
import rondo.ring.register.Versioned;
import rondo.ring.version.Stamp;

/** A cluster of one node that forgets, counts what is read, and can be made to fail. */
final class MemoryRegisters implements Registers {
  private final Map<Key, Versioned> states = new HashMap<>();
  private long clock;
  int reads;
  boolean down;

  @Override
  public Outcome<Versioned> read(Key key) {
    reads++;
    return down
        ? new Outcome.Refused<>(Reply.Reason.UNAVAILABLE, "down")
        : new Outcome.Reached<>(state(key));
  }

  @Override
  public Outcome<Update.Written> write(Key key, @Nullable Bytes value) {
    if (down) {
      return new Outcome.Unknown<>("down");
    }
    Versioned before = state(key);
    var stamp = new Stamp(++clock, 1, 0);
    states.put(key, new Versioned(stamp, value));
    return new Outcome.Reached<>(new Update.Written(before, stamp, false));
  }

  @Override
  public Outcome<Update> update(Key key, Function<Versioned, Judgement> judge) {
    Versioned before = state(key);
    return switch (judge.apply(before)) {
      case Judgement.Decline() -> new Outcome.Reached<>(new Update.Declined(before));
      case Judgement.Put(Bytes value) -> put(key, before, value);
      case Judgement.PutOwn(Bytes value) -> put(key, before, value);
    };
  }

  private Outcome<Update> put(Key key, Versioned before, @Nullable Bytes value) {
    states.put(key, new Versioned(before.stamp().successor(), value));
    return new Outcome.Reached<>(new Update.Written(before, before.stamp().successor(), false));
  }

  @Override
  public Outcome<Reply.Page> scan(Range range) {
    var rows = new TreeMap<Bytes, Versioned>();
    states.forEach((key, state) -> {
      if (key.table() == range.table()
          && key.partition().equals(range.partition())
          && key.sort().compareTo(range.from()) >= 0
          && state.isPresent()) {
        rows.put(key.sort(), state);
      }
    });
    List<Reply.Entry> entries = new ArrayList<>();
    // Two a page, so that the caller has to come again.
    rows.forEach((sort, state) -> {
      if (entries.size() < 2) {
        entries.add(new Reply.Entry(null, sort, state.stamp(), state.value()));
      }
    });
    return new Outcome.Reached<>(new Reply.Page(entries, rows.size() > 2));
  }

  private Versioned state(Key key) {
    return states.getOrDefault(key, Versioned.NEVER);
  }
}
