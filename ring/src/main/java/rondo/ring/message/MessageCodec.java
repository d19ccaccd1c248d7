package rondo.ring.message;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.AcceptedValue;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;

/**
 * The bytes of every request and reply, without a frame around them. Integers are big-endian; times
 * and ballots' rounds are 0 to 2^62.
 *
 * <pre>
 * request   = version kind(1) epoch(8) body
 * reply     = version kind(1) body
 * version   = 1
 * body      = the parts of the record in their order:
 *   name      = length(2, unsigned) byte*             parts of keys, prefixes, people's text
 *   value     = length(4) byte*                       length -1: null
 *   optional  = 0 | 1 part
 *   flag      = 0 | 1
 *   key       = table(1) partition:name sort:name
 *   stamp     = time(8) node(8) rmw(4)
 *   ballot    = round(8) node(8)
 *   versioned = stamp value
 *   accepted  = ballot origin:ballot value
 *   range     = table(1) partition:name prefix:name from:name to:optional delimiter:optional
 *               limit(4) closed by:optional
 *   entry     = group:optional sort:name stamp value
 *   row       = key versioned pending:optional        pending = base:stamp ballot value
 *   list      = count(4) part*
 *   states    = list of (node(8) incarnation(8) beat(8) epoch(8) active(8) copied(8) flag), 1 to 32
 *
 * requests: 1 query      key full:flag
 *           2 propagate  key versioned
 *           3 prepare    key base:stamp ballot
 *           4 accept     key base:stamp accepted
 *           5 scan       range full:flag
 *          16 pull       partitions:value after:optional key, limit(4)
 *          17 push       list of row                19 take snapshot  id(8)
 *          24 to 31      those of {@code MembershipCodec}
 *          32 to 39      those of {@code RepairCodec}, but for 36
 *          40 to 47      those of {@code TailCodec}
 *          18, 36, 48 to 55  those of {@code NodeCodec}
 * replies:  1 state      versioned present:flag
 *           2 done
 *           3 promised   optional accepted
 *           4 moved      stamp
 *           5 outbid     ballot
 *           6 page       list of entry, more:flag next:optional
 *           7 stale      epoch(8)
 *           8 refused    reason(1) detail:name        reason: closed, unavailable, not a replica,
 *                                                     malformed
 *          16 rows       list of row, next:optional key
 *          24 to 55      those of these four codecs, in these ranges; 34 is {@code NodeCodec}'s
 * </pre>
 */
public final class MessageCodec {
  /**
   * The most bytes of a message; a replica ends pages and a coordinator refuses values well below.
   */
  public static final int LARGEST_MESSAGE = 32 << 20;

  /** A page ends once its entries have about this many bytes. */
  public static final int PAGE_BYTES = 4 << 20;

  /** The most bytes of a key's part. */
  public static final int LONGEST_NAME = 0xffff;

  private static final int VERSION = 1;
  private static final int SMALLEST_ENTRY = 27;

  private MessageCodec() {}

  /**
   * @throws IllegalArgumentException when the request is over a limit
   */
  public static byte[] encode(Request request) {
    var out = new MessageWriter().u8(VERSION).u8(kind(request)).i64(request.epoch());
    switch (request) {
      case Request.Query m -> out.key(m.key()).flag(m.full());
      case Request.Propagate m -> out.key(m.key()).versioned(m.state());
      case Request.Prepare m -> out.key(m.key()).stamp(m.base()).ballot(m.ballot());
      case Request.Accept m ->
          out.key(m.key())
              .stamp(m.base())
              .accepted(new AcceptedValue(m.ballot(), m.origin(), m.value()));
      case Request.Scan m -> range(out, m.range()).flag(m.full());
      case Request.PullRows m -> optionalKey(out.value(m.partitions()), m.after()).i32(m.limit());
      case Request.PushRows m -> RowsCodec.write(out, m.rows());
      case Request.TakeSnapshot m -> out.i64(m.id());
      case Request.Repair m -> RepairCodec.encode(out, m);
      case Request.Tail m -> TailCodec.encode(out, m);
      case Request.Membership m -> MembershipCodec.encode(out, m);
      case Request.Node m -> NodeCodec.encode(out, m);
    }
    return out.bytes();
  }

  /** Reads from the buffer's position to its limit, and leaves both as they are. */
  public static Request decodeRequest(ByteBuffer bytes) throws MalformedException {
    var in = new MessageReader(bytes);
    version(in);
    int kind = in.u8();
    long epoch = in.i64();
    Request request =
        switch (kind) {
          case 1 -> new Request.Query(epoch, in.key(), in.flag());
          case 2 -> new Request.Propagate(epoch, in.key(), in.versioned());
          case 3 -> new Request.Prepare(epoch, in.key(), in.stamp(), in.ballot());
          case 4 ->
              new Request.Accept(epoch, in.key(), in.stamp(), in.ballot(), in.ballot(), in.value());
          case 5 -> new Request.Scan(epoch, range(in), in.flag());
          case 16 -> new Request.PullRows(epoch, in.present(), optionalKey(in), in.positive());
          case 17 -> new Request.PushRows(epoch, RowsCodec.read(in));
          case 19 -> new Request.TakeSnapshot(epoch, in.i64());
          default -> requestOfFamily(kind, epoch, in);
        };
    in.end();
    return request;
  }

  private static Request requestOfFamily(int kind, long epoch, MessageReader in)
      throws MalformedException {
    return switch (Family.of(kind, NodeCodec.hasRequest(kind))) {
      case REPAIR -> RepairCodec.request(kind, epoch, in);
      case TAIL -> TailCodec.request(kind, epoch, in);
      case MEMBERSHIP -> MembershipCodec.request(kind, epoch, in);
      case NODE -> NodeCodec.request(kind, epoch, in);
    };
  }

  /**
   * @throws IllegalArgumentException when the reply is over a limit
   */
  public static byte[] encode(Reply reply) {
    var out = new MessageWriter().u8(VERSION).u8(kind(reply));
    switch (reply) {
      case Reply.State m -> out.versioned(m.state()).flag(m.present());
      case Reply.Done _ -> {}
      case Reply.Promised(AcceptedValue accepted) when accepted == null -> out.u8(0);
      case Reply.Promised(AcceptedValue accepted) -> out.u8(1).accepted(accepted);
      case Reply.Moved m -> out.stamp(m.stamp());
      case Reply.Outbid m -> out.ballot(m.promised());
      case Reply.Page m -> entries(out, m).flag(m.more()).optionalName(m.next());
      case Reply.Stale m -> out.i64(m.epoch());
      case Reply.Refused m -> out.u8(ReasonCodec.code(m.reason())).text(m.detail());
      case Reply.Rows m -> optionalKey(RowsCodec.write(out, m.rows()), m.next());
      case Reply.Repair m -> RepairCodec.encode(out, m);
      case Reply.Tail m -> TailCodec.encode(out, m);
      case Reply.Membership m -> MembershipCodec.encode(out, m);
      case Reply.Node m -> NodeCodec.encode(out, m);
    }
    return out.bytes();
  }

  /** Reads from the buffer's position to its limit, and leaves both as they are. */
  public static Reply decodeReply(ByteBuffer bytes) throws MalformedException {
    var in = new MessageReader(bytes);
    version(in);
    int kind = in.u8();
    Reply reply =
        switch (kind) {
          case 1 -> new Reply.State(in.versioned(), in.flag());
          case 2 -> new Reply.Done();
          case 3 -> new Reply.Promised(in.flag() ? in.accepted() : null);
          case 4 -> new Reply.Moved(in.stamp());
          case 5 -> new Reply.Outbid(in.ballot());
          case 6 ->
              new Reply.Page(
                  in.list(SMALLEST_ENTRY, () -> entry(in)), in.flag(), in.optionalName());
          case 7 -> new Reply.Stale(in.i64());
          case 8 -> new Reply.Refused(ReasonCodec.reason(in.u8()), in.text());
          case 16 -> new Reply.Rows(RowsCodec.read(in), optionalKey(in));
          default -> replyOfFamily(kind, in);
        };
    in.end();
    return reply;
  }

  private static Reply replyOfFamily(int kind, MessageReader in) throws MalformedException {
    return switch (Family.of(kind, NodeCodec.hasReply(kind))) {
      case REPAIR -> RepairCodec.reply(kind, in);
      case TAIL -> TailCodec.reply(kind, in);
      case MEMBERSHIP -> MembershipCodec.reply(kind, in);
      case NODE -> NodeCodec.reply(kind, in);
    };
  }

  /** The codec of a message's body, for the kinds that {@link MessageCodec} leaves to others. */
  private enum Family {
    REPAIR,
    TAIL,
    MEMBERSHIP,
    NODE;

    /**
     * @param ofNode whether {@link NodeCodec} has the kind: its oldest kinds lie in other families'
     *     ranges
     */
    static Family of(int kind, boolean ofNode) throws MalformedException {
      if (ofNode) {
        return NODE;
      }
      return switch (kind >> 3) {
        case 3 -> MEMBERSHIP;
        case 4 -> REPAIR;
        case 5 -> TAIL;
        default -> throw new MalformedException("a message of kind " + kind);
      };
    }
  }

  private static int kind(Request request) {
    return switch (request) {
      case Request.Query _ -> 1;
      case Request.Propagate _ -> 2;
      case Request.Prepare _ -> 3;
      case Request.Accept _ -> 4;
      case Request.Scan _ -> 5;
      case Request.PullRows _ -> 16;
      case Request.PushRows _ -> 17;
      case Request.TakeSnapshot _ -> 19;
      case Request.Repair m -> RepairCodec.kind(m);
      case Request.Tail m -> TailCodec.kind(m);
      case Request.Membership m -> MembershipCodec.kind(m);
      case Request.Node m -> NodeCodec.kind(m);
    };
  }

  private static int kind(Reply reply) {
    return switch (reply) {
      case Reply.State _ -> 1;
      case Reply.Done _ -> 2;
      case Reply.Promised _ -> 3;
      case Reply.Moved _ -> 4;
      case Reply.Outbid _ -> 5;
      case Reply.Page _ -> 6;
      case Reply.Stale _ -> 7;
      case Reply.Refused _ -> 8;
      case Reply.Rows _ -> 16;
      case Reply.Repair m -> RepairCodec.kind(m);
      case Reply.Tail m -> TailCodec.kind(m);
      case Reply.Membership m -> MembershipCodec.kind(m);
      case Reply.Node m -> NodeCodec.kind(m);
    };
  }

  private static void version(MessageReader in) throws MalformedException {
    int version = in.u8();
    if (version != VERSION) {
      throw new MalformedException("a message of version " + version);
    }
  }

  private static MessageWriter range(MessageWriter out, ScanRange range) {
    return out.u8(range.table())
        .name(range.partition())
        .name(range.prefix())
        .name(range.from())
        .optionalName(range.to())
        .optionalName(range.delimiter())
        .i32(range.limit())
        .optionalName(range.closedBy());
  }

  private static ScanRange range(MessageReader in) throws MalformedException {
    int table = in.u8();
    Bytes partition = in.name();
    Bytes prefix = in.name();
    Bytes from = in.name();
    Bytes to = in.optionalName();
    Bytes delimiter = in.optionalName();
    if (delimiter != null && delimiter.length() == 0) {
      throw new MalformedException("an empty delimiter");
    }
    int limit = in.positive();
    return new ScanRange(table, partition, prefix, from, to, delimiter, limit, in.optionalName());
  }

  private static MessageWriter entries(MessageWriter out, Reply.Page page) {
    out.i32(page.entries().size());
    for (Reply.Entry entry : page.entries()) {
      out.optionalName(entry.group()).name(entry.sort()).stamp(entry.stamp()).value(entry.value());
    }
    return out;
  }

  private static Reply.Entry entry(MessageReader in) throws MalformedException {
    return new Reply.Entry(in.optionalName(), in.name(), in.stamp(), in.value());
  }

  static MessageWriter optionalKey(MessageWriter out, @Nullable Key key) {
    return key == null ? out.u8(0) : out.u8(1).key(key);
  }

  static @Nullable Key optionalKey(MessageReader in) throws MalformedException {
    return in.flag() ? in.key() : null;
  }
}
