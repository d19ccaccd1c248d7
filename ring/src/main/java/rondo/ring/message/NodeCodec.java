package rondo.ring.message;

/**
 * The bodies of messages that concern a node itself; {@link MessageCodec} has the grammar of the
 * parts. New kinds are 48 to 55.
 *
 * <pre>
 * requests: 18 forget        name:value
 *           36 tell lack
 *           48 report standing
 *           55 report equal times
 * replies:  34 lack          whole:flag lacking:value unreachable:value chunks(8) hints(8)
 *                            oldestSeconds(8) leftSeconds(8)
 *           48 standing      wallMicros(8) full:flag
 *           55 equal times   times:value
 * </pre>
 */
final class NodeCodec {
  private static final int FORGET = 18;
  private static final int LACK = 34;
  private static final int REPORT_UNDER_REPLICATION = 36;
  private static final int STANDING = 48;
  private static final int EQUAL_TIMES = 55;

  /** The upper five bits of the eight kinds from 48 on. */
  private static final int RANGE = 6;

  private NodeCodec() {}

  static boolean hasRequest(int kind) {
    return kind == FORGET || kind == REPORT_UNDER_REPLICATION || kind >> 3 == RANGE;
  }

  static boolean hasReply(int kind) {
    return kind == LACK || kind >> 3 == RANGE;
  }

  static int kind(Request.Node request) {
    return switch (request) {
      case Request.Forget _ -> FORGET;
      case Request.ReportUnderReplication _ -> REPORT_UNDER_REPLICATION;
      case Request.ReportStanding _ -> STANDING;
      case Request.ReportEqualTimes _ -> EQUAL_TIMES;
    };
  }

  static void encode(MessageWriter out, Request.Node request) {
    switch (request) {
      case Request.Forget m -> out.value(m.name());
      case Request.ReportUnderReplication _,
          Request.ReportStanding _,
          Request.ReportEqualTimes _ -> {}
    }
  }

  static Request.Node request(int kind, long epoch, MessageReader in) throws MalformedException {
    return switch (kind) {
      case FORGET -> new Request.Forget(epoch, in.present());
      case REPORT_UNDER_REPLICATION -> new Request.ReportUnderReplication(epoch);
      case STANDING -> new Request.ReportStanding(epoch);
      case EQUAL_TIMES -> new Request.ReportEqualTimes(epoch);
      default -> throw new MalformedException("a request of kind " + kind);
    };
  }

  static int kind(Reply.Node reply) {
    return switch (reply) {
      case Reply.UnderReplication _ -> LACK;
      case Reply.Standing _ -> STANDING;
      case Reply.Equality _ -> EQUAL_TIMES;
    };
  }

  static void encode(MessageWriter out, Reply.Node reply) {
    switch (reply) {
      case Reply.UnderReplication m ->
          out.flag(m.whole())
              .value(m.lacking())
              .value(m.unreachable())
              .i64(m.chunks())
              .i64(m.hints())
              .i64(m.oldestSeconds())
              .i64(m.leftSeconds());
      case Reply.Standing m -> out.i64(m.wallMicros()).flag(m.full());
      case Reply.Equality m -> out.value(m.times());
    }
  }

  static Reply.Node reply(int kind, MessageReader in) throws MalformedException {
    return switch (kind) {
      case LACK ->
          new Reply.UnderReplication(
              in.flag(), in.present(), in.present(), in.i64(), in.i64(), in.i64(), in.i64());
      case STANDING -> new Reply.Standing(in.i64(), in.flag());
      case EQUAL_TIMES -> new Reply.Equality(in.present());
      default -> throw new MalformedException("a reply of kind " + kind);
    };
  }
}
