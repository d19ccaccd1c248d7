package rondo.ring.placement;

import rondo.ring.value.Bytes;

/**
 * One life of a node's name: the time in which one data folder keeps its votes. The node's id
 * stands for the life in every message; a name whose disk was emptied or restored begins another
 * life, under another id.
 *
 * @param name the operator's word for the node, unique in a layout; empty in clusters of older
 *     versions
 * @param number 1 for the first life of the name; 0 for a life that no layout has counted yet
 * @param key the SHA-256 of the public key that the node shows to others; empty when it told none
 */
public record Life(String name, long number, Bytes key) {
  /** The life of a node that has told no name. */
  public static final Life UNNAMED = new Life("", 0, Bytes.EMPTY);

  private static final int LONGEST = 64;

  /** Lower and upper case letters, digits, and inside the name dots, dashes and underscores. */
  private static final String NAME = "[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?";

  /**
   * A life that no layout has counted yet.
   *
   * @throws IllegalArgumentException with a message in one line, when that can't be a name
   */
  public static Life of(String name, Bytes key) {
    if (name.length() > LONGEST || !name.matches(NAME)) {
      throw new IllegalArgumentException(
          "'%s' can't be a node's name: 1 to %d letters, digits, dots, dashes and underscores"
              .formatted(name, LONGEST));
    }
    return new Life(name, 0, key);
  }

  /** Whether the node has told its name. */
  public boolean isNamed() {
    return !name.isEmpty();
  }

  Life numbered(long count) {
    return new Life(name, count, key);
  }
}
