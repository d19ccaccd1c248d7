package rondo.ring.node;

import rondo.ring.message.Request;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;

/**
 * The register in which the nodes that are left agree on a rescue. All of them must vote, and no
 * node that doesn't answer counts. So requests about it need no majority that vouches for the node
 * that answers: a majority is what is gone.
 */
public final class RescueRegister {
  /** The table of layouts: its registers are local to the nodes, and never move. */
  public static final int TABLE = 9;

  public static final Key KEY = new Key(TABLE, Bytes.utf8("rescue"), Bytes.EMPTY);

  private RescueRegister() {}

  /** Whether a request is about the register. */
  static boolean isMeantBy(Request.Rows request) {
    return switch (request) {
      case Request.Query it -> it.key().equals(KEY);
      case Request.Prepare it -> it.key().equals(KEY);
      case Request.Accept it -> it.key().equals(KEY);
      case Request.Propagate it -> it.key().equals(KEY);
      default -> false;
    };
  }
}
