package rondo.server.config;

/**
 * Bounds on buckets.
 *
 * @param shardRows the most rows of a bucket's shard; 0 for no limit
 * @param perAccount the most buckets of one account; 0 for no limit
 * @param uploads the most open uploads of one bucket; 0 for no limit
 */
public record BucketLimits(long shardRows, int perAccount, int uploads) {}
