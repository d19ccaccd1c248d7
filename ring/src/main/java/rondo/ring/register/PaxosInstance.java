package rondo.ring.register;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.AcceptedValue;
import rondo.ring.value.Ballot;
import rondo.ring.value.Stamp;

/** The unfinished choice of one base stamp's successor, on one replica. */
public record PaxosInstance(Stamp base, Ballot promised, @Nullable AcceptedValue accepted) {}
