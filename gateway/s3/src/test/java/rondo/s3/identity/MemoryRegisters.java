package rondo.s3.identity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.coordinate.Decision;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.quorum.Outcome;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/** A cluster of one node in memory, which counts its reads and can be made to fail. */
final class MemoryRegisters implements IdentityRegisters {
  private final Map<Key, VersionedValue> states = new HashMap<>();
  private long clock;
  int reads;
  SecretSeal seal = SecretSeal.NONE;
  boolean down;

  @Override
  public Outcome<VersionedValue> read(Key key) {
    reads++;
    return down
        ? new Outcome.Refused<>(Reply.Reason.UNAVAILABLE, "down")
        : new Outcome.Reached<>(state(key));
  }

  @Override
  public Outcome<ConditionalResult.Written> write(Key key, @Nullable Bytes value) {
    if (down) {
      return new Outcome.Unknown<>("down");
    }
    VersionedValue before = state(key);
    var stamp = new Stamp(++clock, 1, 0);
    states.put(key, new VersionedValue(stamp, value));
    return new Outcome.Reached<>(new ConditionalResult.Written(before, stamp, false));
  }

  @Override
  public Outcome<ConditionalResult> update(Key key, Function<VersionedValue, Decision> judge) {
    VersionedValue before = state(key);
    return switch (judge.apply(before)) {
      case Decision.Decline() -> new Outcome.Reached<>(new ConditionalResult.Declined(before));
      case Decision.Put(Bytes value) -> put(key, before, value);
      case Decision.PutOwn(Bytes value) -> put(key, before, value);
    };
  }

  private Outcome<ConditionalResult> put(Key key, VersionedValue before, @Nullable Bytes value) {
    states.put(key, new VersionedValue(before.stamp().successor(), value));
    return new Outcome.Reached<>(
        new ConditionalResult.Written(before, before.stamp().successor(), false));
  }

  @Override
  public Outcome<Reply.Page> scan(ScanRange range) {
    var rows = new TreeMap<Bytes, VersionedValue>();
    states.forEach((key, state) -> {
      if (key.table() == range.table()
          && key.partition().equals(range.partition())
          && key.sort().compareTo(range.from()) >= 0
          && state.isPresent()) {
        rows.put(key.sort(), state);
      }
    });
    List<Reply.Entry> entries = new ArrayList<>();
    // Pages of two rows, so that a caller needs several.
    rows.forEach((sort, state) -> {
      if (entries.size() < 2) {
        entries.add(new Reply.Entry(null, sort, state.stamp(), state.value()));
      }
    });
    return new Outcome.Reached<>(new Reply.Page(entries, rows.size() > 2));
  }

  @Override
  public SecretSeal seal() {
    return seal;
  }

  VersionedValue state(Key key) {
    return states.getOrDefault(key, VersionedValue.NEVER);
  }
}
