package rondo.ring.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Feeds a reader with examples that were cut, doubled, spliced and mixed with special characters.
 * The reader must return or throw its documented exception, within a few seconds of CPU. {@code
 * -Dfuzz.seed} replays a run, {@code -Dfuzz.millis} makes it longer. {@link FuzzDriver} searches
 * the same readers for hours, guided by coverage.
 */
public final class Fuzz {
  private static final long SEED = Long.getLong("fuzz.seed", 20_261_121);
  private static final long MILLIS = Long.getLong("fuzz.millis", 1_000);

  /**
   * Of CPU, so that other programs don't count. Time that grows without bounds passes it by far.
   */
  private static final long SLOW_MILLIS = 3_000;

  /** Bound while a test is asked for its readers. */
  private static final ScopedValue<List<Target>> COLLECTED = ScopedValue.newInstance();

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final int LARGEST_BYTES = 32 * 1024;
  private static final List<String> SPICE =
      List.of(
          "%",
          "%2",
          "%2f",
          "%25",
          "%00",
          "%ff",
          "%c0%af",
          "+",
          "&",
          "=",
          ";",
          "?",
          "#",
          "/",
          "//",
          "..",
          "\r\n",
          "\n",
          "\0",
          "\"",
          "'",
          "<",
          ">",
          "<!DOCTYPE a [<!ENTITY b \"c\">]>",
          "&b;",
          "&#0;",
          "<![CDATA[",
          "]]>",
          "{",
          "}",
          "[",
          "]",
          "[[[[[[[[",
          "null",
          "true",
          "*",
          "?*",
          "**********",
          "${",
          "${aws:username}",
          ",",
          ":",
          "-",
          "-1",
          "0",
          "9223372036854775808",
          "1e999",
          "ffffffffffffffff",
          "\u00ff",
          "\u00c3(",
          "aws-chunked",
          "x-amz-",
          "xmlns=\"urn:x\"",
          "--",
          "\ud83d");

  private final Random random = new Random(SEED);
  private final List<byte[]> examples;

  private Fuzz(List<String> examples) {
    this.examples = examples.stream().map(text -> text.getBytes(ISO_8859_1)).toList();
  }

  /** A reader of bytes, which may throw. */
  @FunctionalInterface
  public interface Reader {
    void read(byte[] input) throws Exception;
  }

  /** A reader that {@link FuzzDriver} feeds, with its documented exception and its examples. */
  record Target(Reader reader, Class<? extends Exception> allowed, List<byte[]> examples) {
    void feed(byte[] input) {
      Fuzz.feed(reader, allowed, input);
    }
  }

  /** Returns the readers that {@code test} would feed, without feeding them. */
  static List<Target> targetsOf(Runnable test) {
    var found = new ArrayList<Target>();
    ScopedValue.where(COLLECTED, found).run(test);
    return found;
  }

  /**
   * Feeds the reader for {@code fuzz.millis}.
   *
   * @param allowed the documented exception
   * @param examples texts with a character per byte
   */
  public static void run(Reader reader, Class<? extends Exception> allowed, String... examples) {
    var fuzz = new Fuzz(List.of(examples));
    if (COLLECTED.isBound()) {
      COLLECTED.get().add(new Target(reader, allowed, fuzz.examples));
      return;
    }
    long end = System.nanoTime() + MILLIS * 1_000_000;
    do {
      feed(reader, allowed, fuzz.next());
    } while (System.nanoTime() < end);
  }

  private static void feed(Reader reader, Class<? extends Exception> allowed, byte[] input) {
    long start = THREADS.getCurrentThreadCpuTime();
    try {
      reader.read(input);
    } catch (Exception | StackOverflowError e) {
      if (!allowed.isInstance(e)) {
        throw new AssertionError("not documented, for " + shown(input), e);
      }
    }
    long millis = (THREADS.getCurrentThreadCpuTime() - start) / 1_000_000;
    if (millis > SLOW_MILLIS) {
      throw new AssertionError(millis + " ms for " + shown(input));
    }
  }

  private static String shown(byte[] input) {
    return new String(input, ISO_8859_1).replace("\r", "\\r").replace("\n", "\\n");
  }

  private byte[] next() {
    byte[] input = any();
    for (int changes = random.nextInt(6); changes > 0; changes--) {
      input = changed(input);
    }
    return input.length > LARGEST_BYTES ? Arrays.copyOf(input, LARGEST_BYTES) : input;
  }

  private byte[] any() {
    return examples.get(random.nextInt(examples.size()));
  }

  private byte[] changed(byte[] input) {
    int at = random.nextInt(input.length + 1);
    int to = at + random.nextInt(input.length - at + 1);
    return switch (random.nextInt(7)) {
      case 0 -> Arrays.copyOf(input, at);
      case 1 -> join(input, 0, at, new byte[0], input, to);
      case 2 -> join(input, 0, at, spice(), input, at);
      case 3 -> join(input, 0, at, spice(), input, to);
      case 4 -> join(input, 0, to, new byte[0], input, at);
      case 5 -> join(input, 0, at, repeated(Arrays.copyOfRange(input, at, to)), input, to);
      default -> flipped(input, at);
    };
  }

  private byte[] spice() {
    return SPICE.get(random.nextInt(SPICE.size())).getBytes(ISO_8859_1);
  }

  private byte[] repeated(byte[] piece) {
    int most = Math.max(1, Math.min(2_000, LARGEST_BYTES / Math.max(1, piece.length)));
    var out = new ByteArrayOutputStream();
    for (int times = random.nextInt(most); times > 0; times--) {
      out.writeBytes(piece);
    }
    return out.toByteArray();
  }

  private byte[] flipped(byte[] input, int at) {
    byte[] other = input.length == 0 ? any().clone() : input.clone();
    if (other.length > 0) {
      other[at % other.length] = (byte) random.nextInt(256);
    }
    return other;
  }

  private static byte[] join(byte[] a, int from, int to, byte[] middle, byte[] b, int rest) {
    var out = new ByteArrayOutputStream();
    out.write(a, from, to - from);
    out.writeBytes(middle);
    out.write(b, rest, b.length - rest);
    return out.toByteArray();
  }
}
