package rondo.ring.message;

import rondo.ring.value.NodeId;

/**
 * The bodies of messages about layouts; {@link MessageCodec} has the grammar of the parts.
 *
 * <pre>
 * requests: 24 ping          states
 *           25 fetch layout
 *           26 install       layout:value
 *           27 join          node:value
 *           28 probe         node(8)
 *           29 found         node:value expect(4)
 * replies:  24 pong          states
 *           25 layout        layout:value
 * </pre>
 */
final class MembershipCodec {
  private MembershipCodec() {}

  static int kind(Request.Membership request) {
    return switch (request) {
      case Request.Ping _ -> 24;
      case Request.FetchLayout _ -> 25;
      case Request.Install _ -> 26;
      case Request.Join _ -> 27;
      case Request.Probe _ -> 28;
      case Request.Found _ -> 29;
    };
  }

  static void encode(MessageWriter out, Request.Membership request) {
    switch (request) {
      case Request.Ping m -> out.nodeStates(m.states());
      case Request.FetchLayout _ -> {}
      case Request.Install m -> out.value(m.layout());
      case Request.Join m -> out.value(m.node());
      case Request.Probe m -> out.i64(m.node().value());
      case Request.Found m -> out.value(m.node()).i32(m.expect());
    }
  }

  static Request.Membership request(int kind, long epoch, MessageReader in)
      throws MalformedException {
    return switch (kind) {
      case 24 -> new Request.Ping(epoch, in.nodeStates());
      case 25 -> new Request.FetchLayout(epoch);
      case 26 -> new Request.Install(epoch, in.present());
      case 27 -> new Request.Join(epoch, in.present());
      case 28 -> new Request.Probe(epoch, new NodeId(in.i64()));
      case 29 -> new Request.Found(epoch, in.present(), in.i32());
      default -> throw new MalformedException("a request of kind " + kind);
    };
  }

  static int kind(Reply.Membership reply) {
    return switch (reply) {
      case Reply.Pong _ -> 24;
      case Reply.LayoutIs _ -> 25;
    };
  }

  static void encode(MessageWriter out, Reply.Membership reply) {
    switch (reply) {
      case Reply.Pong m -> out.nodeStates(m.states());
      case Reply.LayoutIs m -> out.value(m.layout());
    }
  }

  static Reply.Membership reply(int kind, MessageReader in) throws MalformedException {
    return switch (kind) {
      case 24 -> new Reply.Pong(in.nodeStates());
      case 25 -> new Reply.LayoutIs(in.present());
      default -> throw new MalformedException("a reply of kind " + kind);
    };
  }
}
