package rondo.ring.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rondo.ring.fuzz.Fuzz;
import rondo.ring.register.PaxosInstance;
import rondo.ring.register.RegisterState;
import rondo.ring.value.AcceptedValue;
import rondo.ring.value.Ballot;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

final class MessageCodecTest {
  private static final Key KEY = new Key(255, Bytes.utf8("shard"), Bytes.utf8("a/b"));
  private static final Stamp STAMP = new Stamp(123, -4, 5);
  private static final Ballot BALLOT = new Ballot(7, 8);
  private static final Ballot ORIGIN = new Ballot(6, 9);
  private static final Bytes VALUE = Bytes.utf8("value");
  private static final Row ROW =
      new Row(KEY, VersionedValue.NEVER, new Row.Pending(STAMP, BALLOT, VALUE));

  private static final RegisterState STATE =
      new RegisterState(
          new VersionedValue(STAMP, VALUE),
          List.of(new PaxosInstance(STAMP, BALLOT, new AcceptedValue(BALLOT, ORIGIN, null))));

  private static final NodeState FACT = new NodeState(new NodeId(1), 2, 3, 4, 5, 6, false);

  static Stream<Request> requests() {
    return Stream.of(
        new Request.Query(1, KEY, true),
        new Request.Propagate(2, KEY, new VersionedValue(STAMP, null)),
        new Request.Propagate(2, KEY, new VersionedValue(STAMP, Bytes.EMPTY)),
        new Request.Prepare(3, KEY, STAMP, BALLOT),
        new Request.Accept(4, KEY, STAMP, BALLOT, ORIGIN, VALUE),
        new Request.Scan(
            5, new ScanRange(1, VALUE, Bytes.EMPTY, Bytes.EMPTY, Bytes.utf8("/"), 1000), false),
        new Request.Scan(5, new ScanRange(1, VALUE, VALUE, VALUE, null, 1), true),
        new Request.PullRows(6, VALUE, KEY, 10),
        new Request.PullRows(6, VALUE, null, 10),
        new Request.PushRows(7, List.of(ROW, new Row(KEY, new VersionedValue(STAMP, VALUE), null))),
        new Request.Forget(7, VALUE),
        new Request.Ping(8, List.of(FACT, FACT.suspectedIf(true))),
        new Request.Probe(8, new NodeId(4)),
        new Request.Found(0, Bytes.utf8("a node"), 3),
        new Request.SumPartitions(8, VALUE),
        new Request.SumLeaves(8, 4095),
        new Request.ListStamps(8, 0, VALUE, null, 7),
        new Request.ListStamps(8, 0, VALUE, KEY, 7),
        new Request.ReportUnderReplication(9),
        new Request.ReportStanding(9),
        new Request.Audit(9, VALUE),
        new Request.TakeSnapshot(9, -4),
        new Request.ThawRows(9, -4),
        new Request.PullSnapshot(9, -4, null, 7),
        new Request.PullSnapshot(9, -4, KEY, 7),
        new Request.DropSnapshot(9, -4),
        new Request.HoldChunks(9, 0),
        new Request.ReportEqualTimes(9),
        new Request.FetchRows(8, List.of(KEY, KEY)),
        new Request.PullRegisters(8, VALUE, KEY, null, 7),
        new Request.PullRegisters(8, VALUE, KEY, KEY, 7),
        new Request.PullTail(8, VALUE, VALUE, null, 7),
        new Request.PullTail(8, VALUE, VALUE, KEY, 7),
        new Request.PullChanges(8, VALUE, VALUE, true, 5, 7),
        new Request.FetchTail(8, VALUE, VALUE, List.of(KEY)),
        new Request.DropTail(8, VALUE, Bytes.EMPTY),
        new Request.FetchLayout(11),
        new Request.Install(12, VALUE),
        new Request.Join(0, VALUE));
  }

  static Stream<Reply> replies() {
    return Stream.of(
        new Reply.State(new VersionedValue(STAMP, null), true),
        new Reply.Done(),
        new Reply.Promised(null),
        new Reply.Promised(new AcceptedValue(BALLOT, ORIGIN, null)),
        new Reply.Moved(STAMP),
        new Reply.Outbid(BALLOT),
        new Reply.Page(
            List.of(
                new Reply.Entry(VALUE, VALUE, STAMP, null),
                new Reply.Entry(null, VALUE, STAMP, VALUE)),
            true),
        new Reply.Page(List.of(), true, VALUE),
        new Reply.Stale(3),
        new Reply.Refused(Reply.Reason.MALFORMED, "why"),
        new Reply.Rows(List.of(ROW), KEY),
        new Reply.Pong(List.of(FACT)),
        new Reply.Sums(Bytes.wrap(new byte[16])),
        new Reply.Stamps(List.of(new Reply.Stamped(KEY, STAMP)), KEY),
        new Reply.Stamps(List.of(), null),
        new Reply.Standing(-5, true),
        new Reply.Audit(VALUE),
        new Reply.Equality(Bytes.utf8("times")),
        new Reply.UnderReplication(false, VALUE, Bytes.EMPTY, 1, 2, 3, -1),
        new Reply.Registers(List.of(new Reply.Register(KEY, STATE.encode())), KEY),
        new Reply.Registers(List.of(), null),
        new Reply.Changes(
            -3, 4, true, List.of(new Row(KEY, new VersionedValue(STAMP, null), null))),
        new Reply.LayoutIs(VALUE));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void a_request_comes_back_as_it_went(Request request) throws MalformedException {
    assertThat(MessageCodec.decodeRequest(ByteBuffer.wrap(MessageCodec.encode(request))))
        .isEqualTo(request);
  }

  @ParameterizedTest
  @MethodSource("replies")
  void a_reply_comes_back_as_it_went(Reply reply) throws MalformedException {
    assertThat(MessageCodec.decodeReply(ByteBuffer.wrap(MessageCodec.encode(reply))))
        .isEqualTo(reply);
  }

  @Test
  void every_kind_of_message_is_tested() {
    assertThat(requests().map(Request::getClass).distinct().count())
        .isEqualTo(leaves(Request.class));
    assertThat(replies().map(Reply::getClass).distinct().count()).isEqualTo(leaves(Reply.class));
  }

  @Test
  void a_message_that_is_cut_off_or_too_long_is_malformed() {
    requests()
        .map(MessageCodec::encode)
        .forEach(m -> refusesOtherLengths(m, MessageCodec::decodeRequest));
    replies()
        .map(MessageCodec::encode)
        .forEach(m -> refusesOtherLengths(m, MessageCodec::decodeReply));
  }

  @Test
  void garbage_is_malformed_or_a_message_and_nothing_else() {
    String[] messages =
        Stream.concat(requests().map(MessageCodec::encode), replies().map(MessageCodec::encode))
            .map(message -> new String(message, ISO_8859_1))
            .toArray(String[]::new);
    Fuzz.run(
        input -> MessageCodec.decodeRequest(ByteBuffer.wrap(input)),
        MalformedException.class,
        messages);
    Fuzz.run(
        input -> MessageCodec.decodeReply(ByteBuffer.wrap(input)),
        MalformedException.class,
        messages);
  }

  private interface Decoding {
    Object decode(ByteBuffer bytes) throws MalformedException;
  }

  private static void refusesOtherLengths(byte[] whole, Decoding decoding) {
    for (int length = 0; length < whole.length; length++) {
      var cut = ByteBuffer.wrap(whole, 0, length);
      assertThatThrownBy(() -> decoding.decode(cut)).isInstanceOf(MalformedException.class);
    }
    var longer = ByteBuffer.allocate(whole.length + 1).put(whole).rewind();
    assertThatThrownBy(() -> decoding.decode(longer)).isInstanceOf(MalformedException.class);
  }

  private static long leaves(Class<?> type) {
    Class<?>[] permitted = type.getPermittedSubclasses();
    return permitted == null ? 1 : Stream.of(permitted).mapToLong(MessageCodecTest::leaves).sum();
  }
}
