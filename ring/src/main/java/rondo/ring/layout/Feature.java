package rondo.ring.layout;

/**
 * What a cluster does only once all of its members can: an older program would not understand it.
 * {@link Members#knows} says whether that is so. Once it is, programs that don't know the feature
 * can't become members any more, nor members go back to them.
 */
public enum Feature {
  /** Layouts name the release that all members know; the features below need that. */
  AGREED_RELEASE(1),

  /** A partition may keep the seat of a copy for which there is no node: {@code Vacancy}. */
  VACANT_SEATS(1),

  /** Layouts have names of nodes, and another life of a name may take its place. */
  LIVES(1),

  /** Layouts name join tokens. */
  JOIN_KEYS(1),

  /** Layouts name the life of the cluster, of which a rescue begins another one. */
  RESCUE(1),

  /** Buckets may have an undelete window: every write leaves a version that no listing shows. */
  UNDELETE_WINDOW(1),

  /** Nodes take snapshots of their rows, and hold chunks, for a backup. */
  BACKUP(1);

  /**
   * The release of this program. It grows by one with each release of the program that adds a
   * feature; programs that don't announce a release count as 0.
   */
  public static final int RELEASE = 1;

  private final int since;

  Feature(int since) {
    this.since = since;
  }

  /** The first release that knows this. */
  public int since() {
    return since;
  }
}
