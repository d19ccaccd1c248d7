package rondo.s3.sweep;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.lifecycle.RuleSubject;
import rondo.store.listing.VersionListing;

/**
 * Turns versions into subjects. Versions come by key and newest first; each became noncurrent when
 * the next newer one was made. Used for one walk by one thread.
 */
final class VersionSubjects {
  private final boolean versioned;
  private String key = "";
  private @Nullable ObjectRow marker;
  private long sinceMicros;
  private int noncurrent;

  VersionSubjects(boolean versioned) {
    this.versioned = versioned;
  }

  /** Takes the next version and adds the subjects that it makes known. */
  void next(VersionListing.Entry entry, List<RuleSubject> subjects) {
    ObjectRow row = entry.row();
    if (row == null) {
      return;
    }
    if (entry.latest()) {
      end(subjects);
      key = entry.name();
      if (row.getDeleteMarker()) {
        marker = row;
      } else {
        subjects.add(new RuleSubject.Current(key, row, versioned, false));
      }
    } else if (entry.name().equals(key)) {
      subjects.add(new RuleSubject.Noncurrent(key, row, sinceMicros, noncurrent));
      noncurrent++;
    }
    // A renamed object has kept its modification time, but came to be current later.
    sinceMicros = Math.max(row.getModifiedMicros(), row.getWrittenMicros());
  }

  /** Adds a current delete marker, once all versions of its key have come. */
  void end(List<RuleSubject> subjects) {
    if (marker != null) {
      subjects.add(new RuleSubject.Current(key, marker, versioned, noncurrent == 0));
    }
    marker = null;
    noncurrent = 0;
    key = "";
  }
}
