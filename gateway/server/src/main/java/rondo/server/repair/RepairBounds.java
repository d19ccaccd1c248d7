package rondo.server.repair;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The bounds of a node's repairs.
 *
 * @param rebuildWait before lost rows are rebuilt; longer than any operation on a row
 * @param bytesPerSecond that are fetched of missing chunks, asked again and again; 0 for no bound
 */
public record RepairBounds(Duration rebuildWait, LongSupplier bytesPerSecond) {}
