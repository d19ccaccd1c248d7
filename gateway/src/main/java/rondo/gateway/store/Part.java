package rondo.gateway.store;

import rondo.metadata.rows.PartRow;

/**
 * A part that was uploaded.
 *
 * @param number 1 to 10,000
 */
public record Part(int number, PartRow row) {}
