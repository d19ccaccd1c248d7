package rondo.ring.value;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable string of bytes, ordered as unsigned bytes. Thread-safe.
 *
 * <p>{@link #wrap} takes ownership of its array and {@link #array} lends it: neither copies, so no
 * caller may change the array afterwards.
 */
public final class Bytes implements Comparable<Bytes> {
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /** Takes ownership of {@code array} without a copy: the caller never changes it again. */
  public static Bytes wrap(byte[] array) {
    return array.length == 0 ? EMPTY : new Bytes(array);
  }

  public static Bytes utf8(String text) {
    return wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  public static Bytes concat(Bytes... parts) {
    int length = 0;
    for (Bytes part : parts) {
      length += part.length();
    }
    var buffer = ByteBuffer.allocate(length);
    for (Bytes part : parts) {
      buffer.put(part.array);
    }
    return wrap(buffer.array());
  }

  public int length() {
    return array.length;
  }

  public byte at(int index) {
    return array[index];
  }

  /** The backing array, not a copy: the caller only reads it. */
  public byte[] array() {
    return array;
  }

  public Bytes slice(int from, int to) {
    return wrap(Arrays.copyOfRange(array, from, to));
  }

  public boolean startsWith(Bytes prefix) {
    return length() >= prefix.length()
        && Arrays.equals(array, 0, prefix.length(), prefix.array, 0, prefix.length());
  }

  public String utf8() {
    return new String(array, StandardCharsets.UTF_8);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(array, other.array);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(array, that.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  @Override
  public String toString() {
    return length() > 32
        ? HexFormat.of().formatHex(array, 0, 32) + "... (" + length() + " bytes)"
        : HexFormat.of().formatHex(array);
  }
}
