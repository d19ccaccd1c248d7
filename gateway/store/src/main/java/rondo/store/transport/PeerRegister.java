package rondo.store.transport;

import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;

/** Knows which public keys belong to the cluster now. Thread-safe; never blocks. */
public interface PeerRegister {
  /** How far a node is trusted. */
  enum Trust {
    /** The register names its key: it may ask everything. */
    MEMBER,
    /** It may ask to be taken in, and nothing else. */
    NEWCOMER,
    /** It reaches nothing. */
    STRANGER,
    /** It was removed by order: it reaches nothing any more. */
    REMOVED,
    /** It was given up, or another life of its name has its place: it reaches nothing any more. */
    LOST
  }

  /**
   * A judgement on a node.
   *
   * @param why in a sentence, for those that aren't members
   * @param epoch of the layout by which the node is judged; 0 without one
   */
  record Standing(Trust trust, String why, long epoch) {
    /** A judgement on one that is no member. */
    public static Standing stranger(String why) {
      return new Standing(Trust.STRANGER, why, 0);
    }

    public boolean isMember() {
      return trust == Trust.MEMBER;
    }

    public boolean isNewcomer() {
      return trust == Trust.NEWCOMER;
    }

    /** Whether the node was a member, and is none any more. */
    boolean isDismissed() {
      return trust == Trust.REMOVED || trust == Trust.LOST;
    }
  }

  /** Judges a node that asks, by what is installed here now. */
  Standing of(PeerIdentity peer);

  /** Judges a node that is to be asked. */
  Standing there(PeerIdentity peer);

  /** Whether a node may move chunks from and to here now. */
  boolean allowsBulk(PeerIdentity from);

  /** Refuses a request that a node may not ask; null for one that it may. */
  @Nullable Reply refusal(PeerIdentity from, Request request);

  /**
   * A member, whose key the register names, has said that this node is a member no more.
   *
   * @param epoch of that member's layout
   * @param lost whether the node was given up, and not removed by order
   */
  void dismissed(String why, long epoch, boolean lost);
}
