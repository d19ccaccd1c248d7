package rondo.gateway.store;

import rondo.metadata.rows.ObjectRow;
import rondo.ring.version.Stamp;

/** An object's row as it was read. */
public record Stored(ObjectRow row, Stamp stamp) {}
