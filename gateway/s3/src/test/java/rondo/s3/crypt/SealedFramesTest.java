package rondo.s3.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import rondo.metadata.rows.SealedStream;
import rondo.ring.value.Bytes;

/** Compares sealed objects with the plain arrays that they were made of. */
final class SealedFramesTest {
  private static final int FRAME = SealedFrames.PLAIN_BYTES;
  private static final int SEALED = SealedFrames.SEALED_BYTES;

  private final Random random = new Random(7);
  private final DataKey key = DataKey.random();

  /** An object of some streams, with its plain and its stored bytes. */
  private record Sealed(List<SealedStream> streams, Bytes plainBytes, Bytes storedBytes) {
    byte[] plain() {
      return plainBytes.array();
    }

    byte[] stored() {
      return storedBytes.array();
    }
  }

  private static void append(ByteArrayOutputStream out, ByteBuffer piece) {
    var bytes = new byte[piece.remaining()];
    piece.get(bytes);
    out.writeBytes(bytes);
  }

  private Sealed seal(int... sizes) {
    var plain = new ByteArrayOutputStream();
    var stored = new ByteArrayOutputStream();
    var streams = new ArrayList<SealedStream>();
    for (int size : sizes) {
      var bytes = new byte[size];
      random.nextBytes(bytes);
      plain.writeBytes(bytes);
      SealedStream stream = key.newStream(size);
      streams.add(stream);
      var sealer = new FrameSealer(key, stream, frame -> append(stored, frame));
      for (int at = 0; at < size; ) {
        int count = Math.min(size - at, 1 + random.nextInt(100_000));
        sealer.update(ByteBuffer.wrap(bytes, at, count));
        at += count;
      }
    }
    return new Sealed(streams, Bytes.wrap(plain.toByteArray()), Bytes.wrap(stored.toByteArray()));
  }

  private byte[] open(Sealed object, int offset, int length) {
    SealedRange range = SealedRange.of(object.streams(), offset, length);
    int from = Math.toIntExact(range.sealedOffset());
    int to = from + Math.toIntExact(range.sealedLength());
    var opened = new ByteArrayOutputStream();
    RangeOpener opener = range.opener(key, piece -> append(opened, piece));
    for (int at = from; at < to; ) {
      int count = Math.min(to - at, 1 + random.nextInt(100_000));
      opener.update(ByteBuffer.wrap(object.stored(), at, count));
      at += count;
    }
    opener.finish();
    return opened.toByteArray();
  }

  private static Sealed with(Sealed object, byte[] stored) {
    return new Sealed(object.streams(), object.plainBytes(), Bytes.wrap(stored));
  }

  @Test
  void every_range_opens_to_the_plain_bytes() {
    int[][] shapes = {
      {1},
      {15},
      {16},
      {FRAME - 1},
      {FRAME},
      {FRAME + 1},
      {3 * FRAME},
      {200_001},
      {1, 1, 1},
      {FRAME, FRAME, 5},
      {FRAME + 3, 2, 130_000, 0, 7},
    };
    for (int[] shape : shapes) {
      Sealed object = seal(shape);
      int size = object.plain().length;
      assertThat(open(object, 0, size)).isEqualTo(object.plain());
      for (int i = 0; i < 40; i++) {
        int offset = random.nextInt(size);
        int length = 1 + random.nextInt(size - offset);
        assertThat(open(object, offset, length))
            .as("%s from %d, %d bytes", Arrays.toString(shape), offset, length)
            .isEqualTo(Arrays.copyOfRange(object.plain(), offset, offset + length));
      }
    }
  }

  @Test
  void the_sealed_length_is_known_beforehand() {
    for (int size : new int[] {0, 1, FRAME - 1, FRAME, FRAME + 1, 5 * FRAME + 9}) {
      assertThat(seal(size).stored()).hasSize((int) SealedFrames.sealedBytes(size));
    }
  }

  @Test
  void a_range_touches_only_the_frames_that_hold_it() {
    Sealed object = seal(10 * FRAME);
    SealedRange range = SealedRange.of(object.streams(), 3L * FRAME + 5, FRAME);
    assertThat(range.sealedOffset()).isEqualTo(3L * SEALED);
    assertThat(range.sealedLength()).isEqualTo(2L * SEALED);
    byte[] elsewhere = object.stored().clone();
    elsewhere[5]++;
    elsewhere[6 * SEALED]++;
    assertThat(open(with(object, elsewhere), 3 * FRAME + 5, FRAME)).hasSize(FRAME);
  }

  @Test
  void every_changed_bit_is_detected() {
    Sealed object = seal(2 * FRAME + 77, 500);
    for (int i = 0; i < 200; i++) {
      byte[] stored = object.stored().clone();
      stored[random.nextInt(stored.length)] ^= (byte) (1 << random.nextInt(8));
      assertTampered(with(object, stored));
    }
  }

  @Test
  void a_frame_opens_only_in_its_place() {
    Sealed object = seal(3 * FRAME, 3 * FRAME);
    assertTampered(with(object, swapped(object.stored(), 0, 1)));
    assertTampered(with(object, swapped(object.stored(), 0, 3)));
    assertTampered(with(object, swapped(object.stored(), 2, 5)));
  }

  private static byte[] swapped(byte[] stored, int one, int other) {
    byte[] result = stored.clone();
    System.arraycopy(stored, one * SEALED, result, other * SEALED, SEALED);
    System.arraycopy(stored, other * SEALED, result, one * SEALED, SEALED);
    return result;
  }

  @Test
  void a_stream_that_was_cut_at_a_frame_is_not_whole() {
    Sealed object = seal(3 * FRAME);
    SealedStream shorter = object.streams().getFirst().toBuilder().setSize(2L * FRAME).build();
    var cut =
        with(
            new Sealed(List.of(shorter), object.plainBytes(), object.storedBytes()),
            Arrays.copyOf(object.stored(), 2 * SEALED));
    assertThatThrownBy(() -> open(cut, 0, 2 * FRAME)).isInstanceOf(TamperedException.class);
  }

  @Test
  void missing_bytes_are_detected() {
    Sealed object = seal(FRAME + 10);
    RangeOpener opener = SealedRange.of(object.streams(), 0, FRAME + 10).opener(key, piece -> {});
    opener.update(ByteBuffer.wrap(object.stored(), 0, SEALED + 3));
    assertThatThrownBy(opener::finish).isInstanceOf(TamperedException.class);
  }

  @Test
  void a_range_beyond_the_streams_is_refused() {
    Sealed object = seal(10, 10);
    assertThatThrownBy(() -> SealedRange.of(object.streams(), 5, 16))
        .isInstanceOf(TamperedException.class);
    assertThatThrownBy(() -> SealedRange.of(object.streams(), 20, 1))
        .isInstanceOf(TamperedException.class);
  }

  @Test
  void another_key_opens_nothing() {
    Sealed object = seal(100);
    RangeOpener opener =
        SealedRange.of(object.streams(), 0, 100).opener(DataKey.random(), piece -> {});
    assertThatThrownBy(() -> opener.update(ByteBuffer.wrap(object.stored())))
        .isInstanceOf(TamperedException.class);
  }

  @Test
  void the_same_bytes_are_sealed_differently_each_time() {
    var zeros = new byte[100];
    var first = new ByteArrayOutputStream();
    var second = new ByteArrayOutputStream();
    for (var out : List.of(first, second)) {
      new FrameSealer(key, key.newStream(100), frame -> append(out, frame))
          .update(ByteBuffer.wrap(zeros));
    }
    assertThat(first.toByteArray()).isNotEqualTo(second.toByteArray());
  }

  @Test
  void more_bytes_than_announced_are_refused() {
    var sealer = new FrameSealer(key, key.newStream(10), frame -> {});
    assertThatThrownBy(() -> sealer.update(ByteBuffer.allocate(11)))
        .isInstanceOf(IllegalStateException.class);
  }

  private void assertTampered(Sealed object) {
    assertThatThrownBy(() -> open(object, 0, object.plain().length))
        .isInstanceOf(TamperedException.class);
  }
}
