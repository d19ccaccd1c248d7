package rondo.ring.message;

import org.jspecify.annotations.Nullable;
import rondo.ring.register.Ballot;
import rondo.ring.register.Bytes;
import rondo.ring.register.Key;
import rondo.ring.register.Versioned;
import rondo.ring.version.Stamp;

/** What a coordinator asks of a replica. Each carries the layout epoch that its sender knows. */
public sealed interface Request {
  long epoch();

  /** The key's state; the value is left out of the reply unless {@code full}. */
  record Query(long epoch, Key key, boolean full) implements Request {}

  /** Take {@code state} unless a newer one is there. */
  record Propagate(long epoch, Key key, Versioned state) implements Request {}

  /** Promise to accept nothing below {@code ballot} for the successor of {@code base}. */
  record Prepare(long epoch, Key key, Stamp base, Ballot ballot) implements Request {}

  /** Accept {@code value} (null deletes) as the successor of {@code base}. */
  record Accept(long epoch, Key key, Stamp base, Ballot ballot, @Nullable Bytes value)
      implements Request {}

  /** A page of live rows; with {@code full} their values too. */
  record Scan(long epoch, Range range, boolean full) implements Request {}
}
