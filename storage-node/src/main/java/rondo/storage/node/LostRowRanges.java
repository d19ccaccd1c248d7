package rondo.storage.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.LostRange;
import rondo.metadata.table.RowKey;
import rondo.metadata.table.Tables;
import rondo.ring.message.Request;
import rondo.ring.rebuild.LostRanges;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;

/**
 * The lost ranges of a node's engine, as rebuild handles them. They are cut where tables meet that
 * are treated differently: fences are rebuilt before the rows that they fence, layouts belong to
 * the voters, and hints are this node's alone.
 */
final class LostRowRanges implements LostRanges {
  private static final List<Bytes> CUTS =
      IntStream.of(
              Tables.SHARDS + 1, Tables.LAYOUT, Tables.LAYOUT + 1, Tables.HINTS, Tables.HINTS + 1)
          .mapToObj(LostRowRanges::start)
          .toList();

  private final Engine engine;
  private final LiveSums sums;
  private final RowRegisters known;
  private final VersionedWrites heads;
  private final ShardFences fences;
  private final EngineHints hints;
  private Map<KeyRange, Piece> pieces = Map.of();
  private long newest;

  /** The range of a loss in the engine. */
  private record Piece(Bytes from, @Nullable Bytes to) {}

  LostRowRanges(
      Engine engine, LiveSums sums, RowRegisters registers, ShardFences fences, EngineHints hints) {
    this.engine = engine;
    this.sums = sums;
    this.known = registers.known();
    this.heads = new VersionedWrites(known);
    this.fences = fences;
    this.hints = hints;
  }

  private static Bytes start(int table) {
    return RowKey.encode(table, Bytes.EMPTY, Bytes.EMPTY);
  }

  @Override
  public List<KeyRange> open() {
    long before = hints.lost();
    hints.forgetLost();
    if (hints.lost() > before) {
      hints.recount();
    }
    var found = new LinkedHashMap<KeyRange, Piece>();
    engine.lostRanges().stream()
        .sorted((a, b) -> a.from().compareTo(b.from()))
        .forEach(lost -> {
          for (Piece piece : cut(lost)) {
            found.put(loss(piece), piece);
          }
        });
    pieces = found;
    return List.copyOf(found.keySet());
  }

  private static List<Piece> cut(LostRange lost) {
    var cut = new ArrayList<Piece>();
    Bytes from = lost.from();
    for (Bytes at : CUTS) {
      if (at.compareTo(from) > 0 && lost.holds(at)) {
        cut.add(new Piece(from, at));
        from = at;
      }
    }
    cut.add(new Piece(from, lost.to()));
    return cut;
  }

  private static KeyRange loss(Piece piece) {
    Key from = piece.from().length() < 3 ? new Key(0, Bytes.EMPTY, Bytes.EMPTY) : key(piece.from());
    Bytes to = piece.to();
    return new KeyRange(from, to == null ? null : key(to), from.table() == Tables.LAYOUT);
  }

  private static Key key(Bytes row) {
    return RowKey.decode(row);
  }

  @Override
  public void begin(KeyRange loss) {
    sums.restart();
  }

  @Override
  public boolean take(List<Register> registers) {
    try {
      registers.forEach(this::take);
      return true;
    } catch (EngineException _) {
      return false;
    }
  }

  private void take(Register register) {
    // A lost fence lets no request pass, so it may change without the lock.
    RowRegisters.Answered taken =
        register.key().table() == Tables.SHARDS
            ? absorb(register)
            : fences.copy(register.key(), () -> absorb(register));
    newest = Math.max(newest, taken.sequence());
  }

  /** A head brings its versions' rows along, as when it was written. */
  private RowRegisters.Answered absorb(Register register) {
    Key key = register.key();
    if (key.table() == Tables.OBJECTS && !register.state().current().stamp().equals(Stamp.ZERO)) {
      heads.propagate(new Request.Propagate(0, key, register.state().current()));
    }
    return known.apply(key, state -> state.absorb(register.state()));
  }

  @Override
  public boolean end(KeyRange loss, @Nullable Key upTo) {
    Piece piece = pieces.get(loss);
    if (piece == null) {
      return false;
    }
    try {
      engine.awaitDurable(newest);
      engine.markRepaired(piece.from(), upTo == null ? piece.to() : RowKey.encode(upTo));
      return true;
    } catch (EngineException _) {
      return false;
    }
  }
}
