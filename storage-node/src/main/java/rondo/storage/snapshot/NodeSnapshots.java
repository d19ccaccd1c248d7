package rondo.storage.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.Cursor;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.EngineSnapshot;
import rondo.metadata.table.RowKey;
import rondo.metadata.table.Tables;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.message.Row;
import rondo.ring.port.Time;
import rondo.ring.register.RegisterState;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.VersionedValue;

/**
 * The snapshot of a node's rows: at most one at a time, which ends by itself when no reader has
 * asked for a page for some minutes. Thread-safe.
 */
public final class NodeSnapshots implements AutoCloseable {
  /** The gate opens after this time, whatever happens to the coordinator of the snapshot. */
  static final long FREEZE_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** A scan, or a sync of a busy disk, takes less. */
  private static final long DRAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(600);

  /** A reader that is silent for so long is dead. */
  private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(3);

  private static final long PAGE_BYTES = 1 << 20;

  /** Rows that are a node's own, or that a later run of the cluster makes anew. */
  private static final Set<Integer> LEFT_OUT =
      Set.of(Tables.LAYOUT, Tables.HINTS, Tables.STAGED, Tables.SHARDS);

  private final Engine engine;
  private final RequestGate gate;
  private final Time time;

  // Guarded by this.
  private @Nullable EngineSnapshot snapshot;
  private long id;
  private long thawed;
  private long usedNanos;

  public NodeSnapshots(Engine engine, RequestGate gate, Time time) {
    this.engine = engine;
    this.gate = gate;
    this.time = time;
  }

  /**
   * Freezes the rows and keeps a snapshot of them. To be called behind the fence of requests: the
   * node may vote in the layout that the request names.
   */
  public Reply take(Request.TakeSnapshot request) {
    synchronized (this) {
      if (snapshot != null && id == request.id()) {
        return new Reply.Done();
      }
      expire();
      if (snapshot != null) {
        return refused("another backup reads this node's rows");
      }
    }
    if (!engine.lostRanges().isEmpty()) {
      return refused("this node has lost rows");
    }
    if (!gate.close(FREEZE_NANOS, DRAIN_NANOS)) {
      return refused("requests to this node don't end in time");
    }
    boolean kept = false;
    try {
      EngineSnapshot taken = engine.snapshot();
      synchronized (this) {
        snapshot = taken;
        id = request.id();
        usedNanos = time.nanos();
      }
      kept = true;
      return new Reply.Done();
    } catch (EngineException e) {
      return refused(String.valueOf(e.getMessage()));
    } finally {
      if (!kept) {
        gate.open();
      }
    }
  }

  /** Lets the rows change again. */
  public synchronized Reply thaw(Request.ThawRows request) {
    if (thawed == request.id()) {
      return new Reply.Done();
    }
    if (snapshot == null || id != request.id() || !gate.open()) {
      return refused("this node has answered requests since");
    }
    thawed = request.id();
    return new Reply.Done();
  }

  /** Reads a page of the snapshot. */
  public Reply pull(Request.PullSnapshot request) {
    EngineSnapshot open = of(request.id());
    if (open == null) {
      return refused("this node has no such snapshot any more");
    }
    Key after = request.after();
    Bytes from =
        after == null ? Bytes.EMPTY : Bytes.concat(RowKey.encode(after), Bytes.wrap(new byte[1]));
    try (Cursor cursor = open.cursor(from, null)) {
      return page(cursor, request.limit());
    } catch (EngineException | IllegalArgumentException e) {
      return refused(String.valueOf(e.getMessage()));
    }
  }

  private synchronized @Nullable EngineSnapshot of(long asked) {
    usedNanos = time.nanos();
    return id == asked ? snapshot : null;
  }

  private static Reply page(Cursor cursor, int limit) {
    var rows = new ArrayList<Row>();
    long bytes = 0;
    for (Engine.Entry entry = cursor.next(); entry != null; entry = cursor.next()) {
      Key key = RowKey.decode(entry.key());
      if (LEFT_OUT.contains(key.table())) {
        cursor.seek(Bytes.wrap(new byte[] {(byte) (key.table() + 1)}));
        continue;
      }
      VersionedValue state = RegisterState.decode(entry.value()).current();
      rows.add(new Row(key, state, null));
      bytes += entry.key().length() + entry.value().length();
      if (rows.size() >= limit || bytes >= PAGE_BYTES) {
        return new Reply.Rows(rows, key);
      }
    }
    return new Reply.Rows(List.copyOf(rows), null);
  }

  /** Gives up the snapshot of that id. */
  public synchronized Reply drop(Request.DropSnapshot request) {
    if (id == request.id()) {
      release();
    }
    return new Reply.Done();
  }

  /** Gives up a snapshot without a reader. To be called now and then. */
  public synchronized void expire() {
    if (snapshot != null && time.nanos() - usedNanos > IDLE_NANOS) {
      release();
    }
  }

  private void release() {
    if (snapshot != null) {
      gate.open();
      Objects.requireNonNull(snapshot).close();
      snapshot = null;
    }
  }

  private static Reply refused(String why) {
    return new Reply.Refused(Reply.Reason.UNAVAILABLE, why);
  }

  /** Gives up the snapshot, if there is one. */
  @Override
  public synchronized void close() {
    release();
  }
}
