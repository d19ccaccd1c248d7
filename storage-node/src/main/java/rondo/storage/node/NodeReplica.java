package rondo.storage.node;

import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineException;
import rondo.metadata.table.Tables;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.message.Row;
import rondo.ring.placement.NodeId;
import rondo.ring.port.Replica;
import rondo.ring.register.Key;

/**
 * A node's answers. Each request is applied at once, and its reply leaves when all that it did or
 * reveals is durable. Thread-safe.
 *
 * <p>The epoch is looked at again after a request was applied: a layout that was installed
 * meanwhile, and may have been acknowledged without it, turns its reply into {@link Reply.Stale}.
 */
public final class NodeReplica implements Replica {
  private final Engine engine;
  private final Layouts layouts;
  private final Registers registers;
  private final Fences fences;

  public NodeReplica(Engine engine, Layouts layouts) {
    this.engine = engine;
    this.layouts = layouts;
    this.registers = new Registers(engine);
    this.fences = new Fences(registers);
  }

  /**
   * {@inheritDoc}
   *
   * @throws EngineException when the disk failed after a write had begun: it may be done or not, so
   *     that no reply is the only true one
   */
  @Override
  public Reply handle(NodeId from, Request request) {
    if (request instanceof Request.Membership membership) {
      return layouts.answer(from, membership);
    }
    Registers.Answered answered;
    try {
      if (request.epoch() < layouts.epoch()) {
        return new Reply.Stale(layouts.epoch());
      }
      answered = apply(request);
    } catch (EngineException e) {
      return new Reply.Refused(Reply.Reason.UNAVAILABLE, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      return new Reply.Refused(Reply.Reason.MALFORMED, String.valueOf(e.getMessage()));
    }
    if (request.epoch() < layouts.epoch()) {
      return new Reply.Stale(layouts.epoch());
    }
    return whenDurable(answered);
  }

  private Registers.Answered apply(Request request) {
    return switch (request) {
      case Request.Query query -> query(query);
      case Request.Propagate propagate -> propagate(propagate);
      case Request.Prepare prepare -> registers.apply(prepare.key(), s -> s.prepare(prepare));
      case Request.Accept accept -> accept(accept);
      case Request.Scan scan -> RowScan.page(engine, scan.range(), scan.full());
      case Request.PullRows pull -> RowPull.page(engine, layouts, pull);
      case Request.PushRows push -> push(push);
      case Request.Membership membership -> throw new IllegalStateException(membership.toString());
    };
  }

  private Registers.Answered query(Request.Query query) {
    Registers.Found found = registers.find(query.key());
    return new Registers.Answered(found.state().query(query.full()), found.sequence(), false);
  }

  private Registers.Answered propagate(Request.Propagate propagate) {
    Key key = propagate.key();
    Registers.Found found = registers.find(key);
    if (propagate.state().stamp().compareTo(found.state().current().stamp()) <= 0) {
      // It is there already, in a closed shard too: a read that writes back what it read goes on.
      return new Registers.Answered(new Reply.Done(), found.sequence(), false);
    }
    return fences.pass(key, () -> registers.apply(key, state -> state.propagate(propagate)));
  }

  private Registers.Answered accept(Request.Accept accept) {
    Key key = accept.key();
    return fences.pass(key, () -> registers.apply(key, state -> state.accept(accept)));
  }

  private Registers.Answered push(Request.PushRows push) {
    long newest = 0;
    for (Row row : push.rows()) {
      var propagate = new Request.Propagate(push.epoch(), row.key(), row.state());
      newest = Math.max(newest, copy(row.key(), propagate).sequence());
    }
    return new Registers.Answered(new Reply.Done(), newest, true);
  }

  /** Copies go into closed shards too, but a fence moves under its lock whoever moves it. */
  private Registers.Answered copy(Key key, Request.Propagate propagate) {
    return key.table() == Tables.SHARDS
        ? fences.pass(key, () -> registers.apply(key, state -> state.propagate(propagate)))
        : registers.apply(key, state -> state.propagate(propagate));
  }

  private Reply whenDurable(Registers.Answered answered) {
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
