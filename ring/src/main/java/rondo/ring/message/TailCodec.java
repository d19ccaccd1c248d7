package rondo.ring.message;

import rondo.ring.value.Bytes;

/**
 * The bodies of messages that move the tail of a partition key's rows; {@link MessageCodec} has the
 * grammar of the parts.
 *
 * <pre>
 * requests: 40 pull tail     partition:name attempt:name after:optional key, limit(4)
 *           41 pull changes  partition:name attempt:name closed:flag after(8) limit(4)
 *           42 fetch tail    partition:name attempt:name list of key
 *           43 drop tail     partition:name from:name
 * replies:  40 changes       life(8) last(8) more:flag list of row
 * </pre>
 */
final class TailCodec {
  private static final int SMALLEST_KEY = 5;

  private TailCodec() {}

  static int kind(Request.Tail request) {
    return switch (request) {
      case Request.PullTail _ -> 40;
      case Request.PullChanges _ -> 41;
      case Request.FetchTail _ -> 42;
      case Request.DropTail _ -> 43;
    };
  }

  static void encode(MessageWriter out, Request.Tail request) {
    out.name(request.partition());
    switch (request) {
      case Request.PullTail m ->
          MessageCodec.optionalKey(out.name(m.attempt()), m.after()).i32(m.limit());
      case Request.PullChanges m ->
          out.name(m.attempt()).flag(m.closed()).i64(m.after()).i32(m.limit());
      case Request.FetchTail m -> {
        out.name(m.attempt()).i32(m.keys().size());
        m.keys().forEach(out::key);
      }
      case Request.DropTail m -> out.name(m.from());
    }
  }

  static Request.Tail request(int kind, long epoch, MessageReader in) throws MalformedException {
    Bytes partition = in.name();
    Bytes name = in.name();
    return switch (kind) {
      case 40 ->
          new Request.PullTail(epoch, partition, name, MessageCodec.optionalKey(in), in.positive());
      case 41 ->
          new Request.PullChanges(epoch, partition, name, in.flag(), in.i64(), in.positive());
      case 42 -> new Request.FetchTail(epoch, partition, name, in.list(SMALLEST_KEY, in::key));
      case 43 -> new Request.DropTail(epoch, partition, name);
      default -> throw new MalformedException("a request of kind " + kind);
    };
  }

  static int kind(Reply.Tail reply) {
    return switch (reply) {
      case Reply.Changes _ -> 40;
    };
  }

  static void encode(MessageWriter out, Reply.Tail reply) {
    switch (reply) {
      case Reply.Changes m ->
          RowsCodec.write(out.i64(m.life()).i64(m.last()).flag(m.more()), m.rows());
    }
  }

  static Reply.Tail reply(int kind, MessageReader in) throws MalformedException {
    return switch (kind) {
      case 40 -> new Reply.Changes(in.i64(), in.i64(), in.flag(), RowsCodec.read(in));
      default -> throw new MalformedException("a reply of kind " + kind);
    };
  }
}
