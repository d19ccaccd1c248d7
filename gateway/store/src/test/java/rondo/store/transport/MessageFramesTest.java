package rondo.store.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MessageFramesTest {
  private final List<String> frames = new ArrayList<>();
  private final List<String> malformed = new ArrayList<>();
  private final MessageFrames parser =
      new MessageFrames(100, frame -> frames.add(frame.toString()), malformed::add);

  @Test
  void frames_are_whole_wherever_the_stream_is_cut() {
    Buffer stream = Buffer.buffer();
    for (String text : List.of("first", "a", "the third")) {
      stream.appendBuffer(MessageFrames.frame(Buffer.buffer(text)));
    }
    for (int cut = 0; cut <= stream.length(); cut++) {
      frames.clear();
      parser.handle(stream.getBuffer(0, cut));
      parser.handle(stream.getBuffer(cut, stream.length()));
      assertThat(frames).as("cut at %d", cut).containsExactly("first", "a", "the third");
    }
    assertThat(malformed).isEmpty();
  }

  @Test
  void frames_may_arrive_byte_by_byte() {
    Buffer stream = MessageFrames.frame(Buffer.buffer("slowly"));
    for (int i = 0; i < stream.length(); i++) {
      parser.handle(stream.getBuffer(i, i + 1));
    }
    assertThat(frames).containsExactly("slowly");
  }

  @Test
  void a_length_out_of_bounds_is_told() {
    for (int length : new int[] {0, -1, 101, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      malformed.clear();
      new MessageFrames(100, frame -> frames.add("?"), malformed::add)
          .handle(Buffer.buffer().appendInt(length).appendBytes(new byte[8]));
      assertThat(malformed).as("length %d", length).isNotEmpty();
    }
    assertThat(frames).isEmpty();
  }

  @Test
  void a_greeting_survives_the_wire_and_nothing_else_passes_for_one() {
    var greeting =
        new Greeting(1, Greeting.Kind.BULK, new rondo.ring.value.NodeId(7), 42, "cluster");
    assertThat(Greeting.decode(greeting.encode())).isEqualTo(greeting);
    Buffer bytes = greeting.encode();
    for (int cut = 0; cut < bytes.length(); cut++) {
      Buffer part = bytes.getBuffer(0, cut);
      assertThat(refused(part)).as("cut at %d", cut).isTrue();
    }
    assertThat(refused(Buffer.buffer("GET / HTTP/1.1\r\nHost: somewhere\r\n\r\n"))).isTrue();
  }

  private static boolean refused(Buffer frame) {
    try {
      Greeting.decode(frame);
      return false;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }
}
