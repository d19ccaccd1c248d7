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
 * Answers a node's requests for rows. Each request is applied at once; its reply leaves when
 * everything that it changed or reads is durable. Thread-safe; blocks on the disk.
 *
 * <p>The {@link rondo.ring.node.RequestDispatcher} has checked the epoch of each request; it is not
 * checked again here.
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
   * @param ring returns the cluster's ring; called once a request needs it, when there is a layout
   */
  public NodeReplica(Engine engine, Supplier<Ring> ring) {
    this(engine, ring, 0);
  }

  /**
   * @param engine has the rows
   * @param ring as above
   * @param life a number that differs at every start of the node
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
   * Answers a request. Everything that the reply reports is on stable storage before this returns.
   *
   * @throws EngineException when the disk failed after a write had begun: the write may be done or
   *     not, so that no reply is true
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
   * Counts the next rows into the sums that anti-entropy compares. To be called until it is done,
   * once there is a layout: after a start, and again after rows were lost.
   */
  public SumProgress countMore() {
    return sums.countMore();
  }

  /**
   * Returns the lost ranges of the node, for rebuild.
   *
   * @param hints whose rows may be lost too
   */
  public LostRanges losses(EngineHints hints) {
    return new LostRowRanges(engine, sums, registers, fences, hints);
  }

  /** Returns how many writes each shard has seen here. */
  public ShardWrites writes() {
    return writes;
  }

  /**
   * Returns how many writes to available buckets were concurrent with the one that they met here:
   * neither had seen the other.
   */
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
      case Request.TakeSnapshot _ ->
          throw new IllegalArgumentException("this node takes no snapshots");
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
    // The state is there already, or a newer one is. A read's write-back thus succeeds even while
    // the bucket is being deleted. It fails where the keys have moved away: they may have left
    // without this state.
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
        return; // Dropped another time, when the engine can be read and written.
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
