package rondo.ring.message;

/**
 * The bodies of messages that concern a node itself; {@link MessageCodec} has the grammar of the
 * parts. New kinds are 48 to 55.
 *
 * <pre>
 * requests: 18 forget        name:value
 *           36 tell lack
 *           48 report standing
 *           49 thaw rows     id(8)
 *           50 pull snapshot id(8) after:optional key limit(4)
 *           51 drop snapshot id(8)
 *           52 hold chunks   seconds(4)
 *           53 audit         call:value
 *           55 report equal times
 * replies:  34 lack          whole:flag lacking:value unreachable:value chunks(8) hints(8)
 *                            oldestSeconds(8) leftSeconds(8)
 *           48 standing      wallMicros(8) full:flag
 *           53 audit         answer:value
 *           55 equal times   times:value
 * </pre>
 */
final class NodeCodec {
  private static final int FORGET = 18;
  private static final int LACK = 34;
  private static final int REPORT_UNDER_REPLICATION = 36;
  private static final int STANDING = 48;
  private static final int THAW = 49;
  private static final int PULL_SNAPSHOT = 50;
  private static final int DROP_SNAPSHOT = 51;
  private static final int HOLD_CHUNKS = 52;
  private static final int AUDIT = 53;
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
      case Request.Audit _ -> AUDIT;
      case Request.ThawRows _ -> THAW;
      case Request.PullSnapshot _ -> PULL_SNAPSHOT;
      case Request.DropSnapshot _ -> DROP_SNAPSHOT;
      case Request.HoldChunks _ -> HOLD_CHUNKS;
      case Request.ReportEqualTimes _ -> EQUAL_TIMES;
    };
  }

  static void encode(MessageWriter out, Request.Node request) {
    switch (request) {
      case Request.Forget m -> out.value(m.name());
      case Request.Audit m -> out.value(m.call());
      case Request.ReportUnderReplication _,
          Request.ReportStanding _,
          Request.ReportEqualTimes _ -> {}
      case Request.ThawRows m -> out.i64(m.id());
      case Request.PullSnapshot m ->
          MessageCodec.optionalKey(out.i64(m.id()), m.after()).i32(m.limit());
      case Request.DropSnapshot m -> out.i64(m.id());
      case Request.HoldChunks m -> out.i32(m.seconds());
    }
  }

  static Request.Node request(int kind, long epoch, MessageReader in) throws MalformedException {
    return switch (kind) {
      case FORGET -> new Request.Forget(epoch, in.present());
      case REPORT_UNDER_REPLICATION -> new Request.ReportUnderReplication(epoch);
      case STANDING -> new Request.ReportStanding(epoch);
      case AUDIT -> new Request.Audit(epoch, in.present());
      case THAW -> new Request.ThawRows(epoch, in.i64());
      case PULL_SNAPSHOT ->
          new Request.PullSnapshot(epoch, in.i64(), MessageCodec.optionalKey(in), in.positive());
      case DROP_SNAPSHOT -> new Request.DropSnapshot(epoch, in.i64());
      case HOLD_CHUNKS -> new Request.HoldChunks(epoch, in.i32());
      case EQUAL_TIMES -> new Request.ReportEqualTimes(epoch);
      default -> throw new MalformedException("a request of kind " + kind);
    };
  }

  static int kind(Reply.Node reply) {
    return switch (reply) {
      case Reply.UnderReplication _ -> LACK;
      case Reply.Standing _ -> STANDING;
      case Reply.Audit _ -> AUDIT;
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
      case Reply.Audit m -> out.value(m.answer());
      case Reply.Equality m -> out.value(m.times());
    }
  }

  static Reply.Node reply(int kind, MessageReader in) throws MalformedException {
    return switch (kind) {
      case LACK ->
          new Reply.UnderReplication(
              in.flag(), in.present(), in.present(), in.i64(), in.i64(), in.i64(), in.i64());
      case STANDING -> new Reply.Standing(in.i64(), in.flag());
      case AUDIT -> new Reply.Audit(in.present());
      case EQUAL_TIMES -> new Reply.Equality(in.present());
      default -> throw new MalformedException("a reply of kind " + kind);
    };
  }
}
