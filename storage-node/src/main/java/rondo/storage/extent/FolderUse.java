package rondo.storage.extent;

import rondo.metadata.disk.DiskCounts;

/**
 * The use of one folder of a store.
 *
 * @param path of the folder
 * @param counts its operations since the start
 * @param sound whether it is open and takes writes
 * @param scrubbing whether a pass of its scrub is under way
 * @param scrubbedShare how much of its extents that pass has read, 0 to 1; 1 between passes
 * @param scrubEndedMicros when the last whole pass ended, microseconds since 1970; 0 when there was
 *     none
 */
public record FolderUse(
    String path,
    DiskCounts counts,
    boolean sound,
    boolean scrubbing,
    double scrubbedShare,
    long scrubEndedMicros) {}
