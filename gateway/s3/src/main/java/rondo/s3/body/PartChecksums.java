package rondo.s3.body;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import rondo.ring.value.Bytes;

/** Computes the checksum of an object from the checksums of its parts. Pure. */
public final class PartChecksums {
  private PartChecksums() {}

  /** A part's checksum, big-endian, and its length in bytes. */
  public record Part(Bytes checksum, long sizeBytes) {}

  /**
   * The checksum of the whole object (FULL_OBJECT), in base64.
   *
   * @param algorithm one for which {@link ChecksumAlgorithm#isCrc} holds
   * @param parts in order, at least one
   */
  public static String fullObject(ChecksumAlgorithm algorithm, List<Part> parts) {
    CrcPolynomial polynomial =
        Objects.requireNonNull(algorithm.polynomial(), "only CRCs can be joined");
    long whole = number(parts.getFirst().checksum());
    for (Part part : parts.subList(1, parts.size())) {
      whole = polynomial.combine(whole, number(part.checksum()), part.sizeBytes());
    }
    return base64(bytes(whole, algorithm.lengthBytes()));
  }

  /**
   * The checksum of the parts' checksums (COMPOSITE): base64, a dash and the number of parts.
   *
   * @param parts their checksums, big-endian, in order
   */
  public static String composite(ChecksumAlgorithm algorithm, List<Bytes> parts) {
    RunningChecksum checksum = algorithm.start();
    parts.forEach(part -> checksum.update(ByteBuffer.wrap(part.array())));
    return base64(checksum.value()) + "-" + parts.size();
  }

  public static String base64(byte[] checksum) {
    return Base64.getEncoder().encodeToString(checksum);
  }

  private static long number(Bytes bigEndian) {
    long number = 0;
    for (byte b : bigEndian.array()) {
      number = number << 8 | (b & 0xFF);
    }
    return number;
  }

  static byte[] bytes(long number, int width) {
    byte[] all = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    return Arrays.copyOfRange(all, Long.BYTES - width, Long.BYTES);
  }
}
