package rondo.storage.node;

import java.util.List;
import java.util.function.Supplier;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineException;
import rondo.metadata.table.Tables;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.message.Row;
import rondo.ring.placement.Ring;
import rondo.ring.rebuild.LostRanges;
import rondo.ring.streaming.LocalRows;
import rondo.ring.value.Key;

/**
 * A node's answers to requests on rows. Each is applied at once, and its reply leaves when all that
 * it did or reveals is durable. Thread-safe.
 *
 * <p>Requests come here under the epoch that they name ({@link rondo.ring.node.RequestDispatcher}):
 * it is not looked at again.
 */
public final class NodeReplica implements LocalRows {
  private final Engine engine;
  private final Supplier<Ring> ring;
  private final LiveSums sums;
  private final RowRegisters registers;
  private final RowComparison comparing;
  private final VersionedWrites heads;
  private final ShardFences fences;
  private final TailTransfer tails;
  private final ShardWrites writes = new ShardWrites();

  /**
   * @param ring of the cluster; asked for once a request needs it, when there is a layout
   */
  public NodeReplica(Engine engine, Supplier<Ring> ring) {
    this(engine, ring, 0);
  }

  /**
   * @param life another one at every start
   */
  public NodeReplica(Engine engine, Supplier<Ring> ring, long life) {
    this.engine = engine;
    this.ring = ring;
    this.sums = new LiveSums(engine, ring);
    var journals = new TailJournals();
    this.registers =
        new RowRegisters(
            engine,
            sums,
            key -> {
              journals.note(key);
              writes.note(key);
            });
    this.comparing = new RowComparison(engine, registers, ring, sums);
    this.heads = new VersionedWrites(registers);
    this.fences = new ShardFences(registers, journals);
    this.tails = new TailTransfer(engine, registers, fences, journals, life);
  }

  /**
   * Answers; everything that the reply says has happened is on stable storage before it returns.
   *
   * @throws EngineException when the disk failed after a write had begun: it may be done or not, so
   *     that no reply is the only true one
   */
  public Reply answer(Request.Rows request) {
    RowRegisters.Answered answered;
    try {
      answered = apply(request);
    } catch (EngineException e) {
      return new Reply.Refused(Reply.Reason.UNAVAILABLE, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      return new Reply.Refused(Reply.Reason.MALFORMED, String.valueOf(e.getMessage()));
    }
    return whenDurable(answered);
  }

  /**
   * Counts the next rows into the sums that replicas compare. To be called again and again, once
   * there is a layout: after a start, and since rows may get lost.
   */
  public SumProgress countMore() {
    return sums.countMore();
  }

  /**
   * What was lost by damage to the disk.
   *
   * @param hints that may be among it
   */
  public LostRanges losses(EngineHints hints) {
    return new LostRowRanges(engine, sums, registers, fences, hints);
  }

  /** How many writes each shard has seen here. */
  public ShardWrites writes() {
    return writes;
  }

  /** How many writes to available buckets met one here that had not seen them, nor they it. */
  public long conflicts() {
    return heads.conflicts();
  }

  private RowRegisters.Answered apply(Request.Rows request) {
    return switch (request) {
      case Request.Query query -> fences.read(query.key(), () -> query(query));
      case Request.Propagate propagate -> propagate(propagate);
      case Request.Prepare prepare ->
          fences.read(prepare.key(), () -> registers.apply(prepare.key(), s -> s.prepare(prepare)));
      case Request.Accept accept -> accept(accept);
      case Request.Scan scan ->
          fences.scan(scan.range(), () -> RowScan.page(engine, scan.range(), scan.full()));
      case Request.PullRows pull -> RowPull.page(engine, ring.get(), pull);
      case Request.PushRows push -> push(push);
      case Request.Repair repair -> comparing.answer(repair);
      case Request.Tail tail -> tails.answer(tail);
    };
  }

  private RowRegisters.Answered query(Request.Query query) {
    RowRegisters.Found found = registers.find(query.key());
    return new RowRegisters.Answered(found.state().query(query.full()), found.sequence(), false);
  }

  private RowRegisters.Answered propagate(Request.Propagate propagate) {
    Key key = propagate.key();
    RowRegisters.Found found = registers.find(key);
    int order = propagate.state().stamp().compareTo(found.state().current().stamp());
    // It is there already, though its bucket is being deleted: a read that writes back what it read
    // goes on. Where its keys have moved it counts for nothing: they may have left without it.
    if (order == 0 || (order < 0 && heads.beside(propagate).isEmpty())) {
      return fences.read(
          key, () -> new RowRegisters.Answered(new Reply.Done(), found.sequence(), false));
    }
    return fences.write(key, () -> take(propagate));
  }

  private RowRegisters.Answered take(Request.Propagate propagate) {
    return propagate.key().table() == Tables.OBJECTS
        ? heads.propagate(propagate)
        : registers.apply(propagate.key(), state -> state.propagate(propagate));
  }

  private RowRegisters.Answered accept(Request.Accept accept) {
    Key key = accept.key();
    return fences.write(key, () -> registers.apply(key, state -> state.accept(accept)));
  }

  private RowRegisters.Answered push(Request.PushRows push) {
    long newest = 0;
    for (Row row : push.rows()) {
      var propagate = new Request.Propagate(push.epoch(), row.key(), row.state());
      newest = Math.max(newest, fences.copy(row.key(), () -> take(propagate)).sequence());
    }
    return new RowRegisters.Answered(new Reply.Done(), newest, true);
  }

  @Override
  public void drop(List<Row> rows) {
    for (Row row : rows) {
      try {
        registers.drop(row.key(), row.state().stamp());
      } catch (EngineException _) {
        return; // Dropped another time, when it can be read or written.
      }
    }
  }

  private Reply whenDurable(RowRegisters.Answered answered) {
    if (answered.changed()) {
      engine.awaitDurable(answered.sequence());
      return answered.reply();
    }
    try {
      engine.awaitDurable(answered.sequence());
      return answered.reply();
    } catch (EngineException e) {
      return new Reply.Refused(Reply.Reason.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }
}
