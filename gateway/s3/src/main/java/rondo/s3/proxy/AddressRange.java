package rondo.s3.proxy;

import java.net.InetAddress;

/**
 * The IP addresses whose first bits are those of another (RFC 4632). IPv4 and IPv6 are apart.
 *
 * @param first any address of the range
 * @param bits how many of its bits count: at most 32 or 128
 */
record AddressRange(InetAddress first, int bits) {
  /**
   * Reads {@code 10.0.0.0/8}, {@code fd00::/8}, or one address.
   *
   * @throws IllegalArgumentException when the text is neither
   */
  static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    InetAddress first = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    int most = first.getAddress().length * 8;
    int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > most) {
      throw new IllegalArgumentException(text + ": at most " + most + " bits");
    }
    return new AddressRange(first, bits);
  }

  boolean contains(InetAddress address) {
    byte[] mine = first.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit += 8) {
      int mask = 0xFF << Math.max(0, bit + 8 - bits);
      if (((mine[bit / 8] ^ other[bit / 8]) & mask & 0xFF) != 0) {
        return false;
      }
    }
    return true;
  }
}
