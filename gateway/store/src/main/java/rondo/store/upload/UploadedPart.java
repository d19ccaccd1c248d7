package rondo.store.upload;

import rondo.metadata.rows.PartRow;

/**
 * A part of an upload.
 *
 * @param number 1 to 10,000
 */
public record UploadedPart(int number, PartRow row) {}
