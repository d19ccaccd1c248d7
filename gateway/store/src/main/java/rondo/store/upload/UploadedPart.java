package rondo.store.upload;

import rondo.metadata.rows.PartRow;

/**
 * A part that was uploaded.
 *
 * @param number 1 to 10,000
 */
public record UploadedPart(int number, PartRow row) {}
