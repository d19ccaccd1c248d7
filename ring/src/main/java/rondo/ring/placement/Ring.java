package rondo.ring.placement;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import rondo.ring.register.Bytes;

/**
 * The hash space, cut into equal partitions (Dynamo, SOSP 2007, section 6.2, strategy 3).
 *
 * @param partitions a power of two, at most 65536; fixed for the life of a cluster
 */
public record Ring(int partitions) {
  /** Movement in steps of 1/4096 of the data balances hundreds of nodes within five percent. */
  public static final Ring DEFAULT = new Ring(4096);

  public Ring {
    if (Integer.bitCount(partitions) != 1 || partitions < 1 || partitions > 65536) {
      throw new IllegalArgumentException(partitions + " partitions: not a power of two to 65536");
    }
  }

  /** The partition of a row or chunk: the leading bits of the SHA-256 of its partition key. */
  public int partitionOf(Bytes partitionKey) {
    long hash = ByteBuffer.wrap(sha256().digest(partitionKey.array())).getLong();
    int bits = Integer.numberOfTrailingZeros(partitions);
    return bits == 0 ? 0 : (int) (hash >>> (Long.SIZE - bits));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
