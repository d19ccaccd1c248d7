package rondo.ring.register;

import org.jspecify.annotations.Nullable;
import rondo.ring.version.Stamp;

/** The unfinished choice of one base stamp's successor, on one replica. */
public record Instance(Stamp base, Ballot promised, @Nullable Accepted accepted) {}
