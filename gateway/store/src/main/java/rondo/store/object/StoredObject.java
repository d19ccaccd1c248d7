package rondo.store.object;

import rondo.metadata.rows.ObjectRow;
import rondo.ring.value.Stamp;

/** An object's row as it was read. */
public record StoredObject(ObjectRow row, Stamp stamp) {}
