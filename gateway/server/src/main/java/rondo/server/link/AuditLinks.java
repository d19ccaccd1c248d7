package rondo.server.link;

import static rondo.store.system.SystemPorts.TASKS;
import static rondo.store.system.SystemPorts.TIME;

import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.layout.RingDrawing;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Node;
import rondo.ring.port.Mailbox;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;
import rondo.server.audit.AuditPeers;

/**
 * Reaches the audit logs of other nodes, each over a connection of its own: a node of an older
 * version hangs up on what it doesn't know. Thread-safe.
 */
public record AuditLinks(NodeLinks links) implements AuditPeers {
  private static final long PATIENCE_NANOS = 3_000_000_000L;

  @Override
  public List<Member> members() {
    Layout layout = links.layouts().installed();
    return layout == null
        ? List.of()
        : RingDrawing.nodes(layout).stream().map(AuditLinks::member).toList();
  }

  private static Member member(Node node) {
    String key = HexFormat.of().formatHex(node.life().key().array());
    return new Member(node.id().toString(), node.label(), key);
  }

  @Override
  public String self() {
    return links.self().toString();
  }

  @Override
  public byte @Nullable [] ask(Member member, String call) {
    Layout layout = links.layouts().installed();
    Node node =
        layout == null ? null : layout.node(new NodeId(Long.parseUnsignedLong(member.id(), 16)));
    if (layout == null || node == null) {
      return null;
    }
    long deadline = TIME.nanos() + PATIENCE_NANOS;
    Mailbox<Answer> answers = TASKS.mailbox();
    var request = new Request.Audit(layout.epoch(), Bytes.utf8(call));
    links.network().send(node.address(), request, deadline, answers);
    Answer answer = answers.take(deadline);
    return answer != null
            && answer.from().equals(node.id())
            && answer.reply() instanceof Reply.Audit(Bytes told)
        ? told.array()
        : null;
  }
}
