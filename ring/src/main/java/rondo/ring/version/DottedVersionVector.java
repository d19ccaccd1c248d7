package rondo.ring.version;

import java.nio.ByteBuffer;

/**
 * One write and the writes that its coordinator had seen: the dotted version vector of a version
 * (Preguica, Baquero, Almeida, Fonte and Goncalves, "Dotted Version Vectors", 2010). Of two writes,
 * one overwrites the other, or neither had seen the other: a conflict.
 *
 * <pre>
 *   dotted = node:8 life:8 counter:8 vector
 * </pre>
 *
 * @param causes the writes that the coordinator had seen, without this one
 */
public record DottedVersionVector(Dot dot, VersionVector causes) {
  private static final int DOT_BYTES = 3 * Long.BYTES;

  /** Whether this write's coordinator had seen the other. */
  public boolean overwrites(DottedVersionVector other) {
    return causes.covers(other.dot);
  }

  /** Whether these are two different writes, and neither had seen the other. */
  public boolean conflictsWith(DottedVersionVector other) {
    return !dot.equals(other.dot) && !overwrites(other) && !other.overwrites(this);
  }

  /** The writes that a reader of this one has seen: its causes and itself. */
  public VersionVector seen() {
    return causes.with(dot);
  }

  public byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(DOT_BYTES + causes.bytes());
    causes.encode(out.putLong(dot.node()).putLong(dot.life()).putLong(dot.counter()));
    return out.array();
  }

  /**
   * @throws IllegalArgumentException when {@code bytes} are not what {@link #encode} gave
   */
  public static DottedVersionVector decode(byte[] bytes) {
    if (bytes.length < DOT_BYTES) {
      throw new IllegalArgumentException("a dot that is cut off");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    var dot = new Dot(in.getLong(), in.getLong(), in.getLong());
    return new DottedVersionVector(dot, VersionVector.decode(in));
  }
}
