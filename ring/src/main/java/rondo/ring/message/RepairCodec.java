package rondo.ring.message;

import java.util.List;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;

/**
 * The bodies of messages with which replicas compare their rows; {@link MessageCodec} has the
 * grammar of the parts.
 *
 * <pre>
 * requests: 32 sum partitions  partitions:value
 *           33 sum leaves      partition(4)
 *           34 list stamps     partition(4) leaves:value after:optional key, limit(4)
 *           35 fetch rows      list of key
 *           37 pull registers  partitions:value from:key to:optional key, limit(4)
 * replies:  32 sums            value
 *           33 stamps          list of (key stamp), next:optional key
 *           35 registers       list of (key state:value), next:optional key; state is a row as
 *                              {@code RegisterCodec} has it
 * </pre>
 */
final class RepairCodec {
  private static final int SMALLEST_KEY = 5;
  private static final int SMALLEST_STAMPED = SMALLEST_KEY + 20;

  private RepairCodec() {}

  static int kind(Request.Repair request) {
    return switch (request) {
      case Request.SumPartitions _ -> 32;
      case Request.SumLeaves _ -> 33;
      case Request.ListStamps _ -> 34;
      case Request.FetchRows _ -> 35;
      case Request.PullRegisters _ -> 37;
    };
  }

  static void encode(MessageWriter out, Request.Repair request) {
    switch (request) {
      case Request.SumPartitions m -> out.value(m.partitions());
      case Request.SumLeaves m -> out.i32(m.partition());
      case Request.ListStamps m ->
          MessageCodec.optionalKey(out.i32(m.partition()).value(m.leaves()), m.after())
              .i32(m.limit());
      case Request.FetchRows m -> {
        out.i32(m.keys().size());
        m.keys().forEach(out::key);
      }
      case Request.PullRegisters m ->
          MessageCodec.optionalKey(out.value(m.partitions()).key(m.from()), m.to()).i32(m.limit());
    }
  }

  static Request.Repair request(int kind, long epoch, MessageReader in) throws MalformedException {
    return switch (kind) {
      case 32 -> new Request.SumPartitions(epoch, in.present());
      case 33 -> new Request.SumLeaves(epoch, in.i32());
      case 34 -> {
        int partition = in.i32();
        Bytes leaves = in.present();
        Key after = MessageCodec.optionalKey(in);
        yield new Request.ListStamps(epoch, partition, leaves, after, in.positive());
      }
      case 35 -> new Request.FetchRows(epoch, in.list(SMALLEST_KEY, in::key));
      case 37 ->
          new Request.PullRegisters(
              epoch, in.present(), in.key(), MessageCodec.optionalKey(in), in.positive());
      default -> throw new MalformedException("a request of kind " + kind);
    };
  }

  static int kind(Reply.Repair reply) {
    return switch (reply) {
      case Reply.Sums _ -> 32;
      case Reply.Stamps _ -> 33;
      case Reply.Registers _ -> 35;
    };
  }

  static void encode(MessageWriter out, Reply.Repair reply) {
    switch (reply) {
      case Reply.Sums m -> out.value(m.sums());
      case Reply.Stamps m -> {
        out.i32(m.rows().size());
        m.rows().forEach(row -> out.key(row.key()).stamp(row.stamp()));
        MessageCodec.optionalKey(out, m.next());
      }
      case Reply.Registers m -> {
        out.i32(m.registers().size());
        m.registers().forEach(it -> out.key(it.key()).value(it.row()));
        MessageCodec.optionalKey(out, m.next());
      }
    }
  }

  static Reply.Repair reply(int kind, MessageReader in) throws MalformedException {
    return switch (kind) {
      case 32 -> sums(in.present());
      case 33 -> {
        List<Reply.Stamped> rows =
            in.list(SMALLEST_STAMPED, () -> new Reply.Stamped(in.key(), in.stamp()));
        yield new Reply.Stamps(rows, MessageCodec.optionalKey(in));
      }
      case 35 -> {
        List<Reply.Register> registers =
            in.list(SMALLEST_KEY + 4, () -> new Reply.Register(in.key(), in.present()));
        yield new Reply.Registers(registers, MessageCodec.optionalKey(in));
      }
      default -> throw new MalformedException("a reply of kind " + kind);
    };
  }

  private static Reply.Sums sums(Bytes sums) throws MalformedException {
    if (sums.length() % Long.BYTES != 0) {
      throw new MalformedException("sums of " + sums.length() + " bytes");
    }
    return new Reply.Sums(sums);
  }
}
