package rondo.s3.policy;

import java.net.InetAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Parses IP addresses and networks, versions 4 and 6. Pure: it looks up no names. */
public final class NetworkRange {
  private NetworkRange() {}

  /** The addresses that share a number of leading bits. Immutable. */
  public static final class Network {
    private final byte[] address;
    private final int bits;

    private Network(byte[] address, int bits) {
      this.address = address;
      this.bits = bits;
    }

    boolean isVersion4() {
      return address.length == 4;
    }

    int bits() {
      return bits;
    }

    boolean holds(String text) {
      InetAddress other = literal(text);
      return other != null && holds(other);
    }

    public boolean holds(InetAddress other) {
      return holds(other.getAddress());
    }

    private boolean holds(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int i = 0; i < bits; i++) {
        int mask = 0x80 >> (i % 8);
        if ((address[i / 8] & mask) != (other[i / 8] & mask)) {
          return false;
        }
      }
      return true;
    }

    /** Whether it lies in a range for private use (RFC 1918, RFC 4193). */
    boolean isPrivate() {
      return isIn("10.0.0.0/8")
          || isIn("172.16.0.0/12")
          || isIn("192.168.0.0/16")
          || isIn("fc00::/7");
    }

    private boolean isIn(String wider) {
      Network range = Objects.requireNonNull(parse(wider));
      return bits >= range.bits && range.holds(address);
    }
  }

  /** The network of {@code address/bits} or of one address; null for any other text. */
  public static @Nullable Network parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address = literal(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      return null;
    }
    int most = address.getAddress().length * 8;
    if (slash < 0) {
      return new Network(address.getAddress(), most);
    }
    String bits = text.substring(slash + 1);
    return bits.matches("[0-9]{1,3}") && Integer.parseInt(bits) <= most
        ? new Network(address.getAddress(), Integer.parseInt(bits))
        : null;
  }

  private static @Nullable InetAddress literal(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException noAddress) {
      return null;
    }
  }
}
