package rondo.store.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import rondo.ring.fuzz.Fuzz;
import rondo.ring.value.NodeId;

/** What another node sends is cut into frames or refused, whatever it is. */
final class FramesFuzzTest {
  private static final int LONGEST = 1 << 16;

  /** A stream that was refused; nothing behind it is read. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String why) {
      super(why);
    }
  }

  @Test
  void streams_are_cut_or_refused() {
    Buffer two =
        MessageFrames.frame(Buffer.buffer("one"))
            .appendBuffer(MessageFrames.frame(Buffer.buffer("another one")));
    Fuzz.run(FramesFuzzTest::cut, Refused.class, two.toString(ISO_8859_1));
  }

  private static void cut(byte[] input) throws Refused {
    var malformed = new String[1];
    var frames =
        new MessageFrames(
            LONGEST,
            frame -> {
              if (frame.length() < 1 || frame.length() > LONGEST) {
                throw new IllegalStateException("a frame of " + frame.length() + " bytes");
              }
            },
            why -> malformed[0] = why);
    for (int at = 0; at < input.length && malformed[0] == null; at += 7) {
      frames.handle(Buffer.buffer(input).slice(at, Math.min(input.length, at + 7)));
    }
    if (malformed[0] != null) {
      throw new Refused(malformed[0]);
    }
  }

  @Test
  void greetings_are_read_or_refused() {
    var greeting =
        new Greeting(Greeting.VERSION, Greeting.Kind.MESSAGES, new NodeId(7), 12, "a cluster");
    Fuzz.run(
        input -> Greeting.decode(Buffer.buffer(input)),
        IllegalArgumentException.class,
        greeting.encode().toString(ISO_8859_1));
  }
}
