package rondo.storage.orphan;

import java.time.Duration;

/**
 * The pace of the orphan walk.
 *
 * @param grace chunks and references that are younger are left alone: longer than the upload of any
 *     part or object takes, and than any message is under way
 * @param pause between two blobs, so that the walk costs the cluster little
 * @param rest between two walks
 */
public record OrphanSettings(Duration grace, Duration pause, Duration rest) {
  /** A walk over a million blobs takes some hours. */
  public static final OrphanSettings DEFAULT =
      new OrphanSettings(Duration.ofHours(24), Duration.ofMillis(10), Duration.ofHours(1));
}
