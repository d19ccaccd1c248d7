package rondo.ring.placement;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import rondo.ring.value.Bytes;

/**
 * The hash space, cut into equal partitions (Dynamo, SOSP 2007, section 6.2, strategy 3), once for
 * each <em>class</em> of keys: classes differ in how many copies they have. Class 0 has all keys
 * that name no other. The partitions of class {@code c} are those from {@code c * partitions} on,
 * so that a key's partition depends on the key alone, and not on which classes there are.
 *
 * <p>A key names its class in its 17th byte, if it is 17 or 20 bytes long and that byte is 1 to
 * {@link #MOST_CLASSES} - 1: Such keys are an id of 16 bytes followed by a class byte ({@link
 * #ofClass}), and the name of a chunk, in which that byte is the first of the four that count
 * chunks.
 *
 * @param partitions of each class: a power of two, at most 65536; fixed for the life of a cluster
 */
public record Ring(int partitions) {
  /** Movement in steps of 1/4096 of the data balances hundreds of nodes within five percent. */
  public static final Ring DEFAULT = new Ring(4096);

  public static final int MOST_CLASSES = 8;

  private static final int ID_BYTES = 16;
  private static final int CHUNK_NAME_BYTES = ID_BYTES + Integer.BYTES;

  public Ring {
    if (Integer.bitCount(partitions) != 1 || partitions < 1 || partitions > 65536) {
      throw new IllegalArgumentException(partitions + " partitions: not a power of two to 65536");
    }
  }

  /** The number of partitions of all possible classes. */
  public int most() {
    return MOST_CLASSES * partitions;
  }

  /**
   * The partition of a row or chunk: the leading bits of the SHA-256 of its partition key, in the
   * key's class.
   */
  public int partitionOf(Bytes partitionKey) {
    long hash = ByteBuffer.wrap(sha256().digest(partitionKey.array())).getLong();
    int bits = Integer.numberOfTrailingZeros(partitions);
    int inClass = bits == 0 ? 0 : (int) (hash >>> (Long.SIZE - bits));
    return classOf(partitionKey) * partitions + inClass;
  }

  /** The class that a partition key names; 0 when it names none. */
  public static int classOf(Bytes partitionKey) {
    int length = partitionKey.length();
    if (length != ID_BYTES + 1 && length != CHUNK_NAME_BYTES) {
      return 0;
    }
    int named = partitionKey.at(ID_BYTES);
    return named > 0 && named < MOST_CLASSES ? named : 0;
  }

  /**
   * The partition key of an id in a class: in class 0 the id itself.
   *
   * @param id of 16 bytes
   */
  public static Bytes ofClass(int number, Bytes id) {
    if (number < 0 || number >= MOST_CLASSES || id.length() != ID_BYTES) {
      throw new IllegalArgumentException("class " + number + " of " + id);
    }
    return number == 0 ? id : Bytes.concat(id, Bytes.wrap(new byte[] {(byte) number}));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
