package rondo.ring.message;

import org.jspecify.annotations.Nullable;
import rondo.ring.register.Bytes;

/**
 * Which rows a scan returns: those of one table and partition key whose sort key starts with {@code
 * prefix} and is at least {@code from}, at most {@code limit} entries. With a delimiter, rows that
 * contain it after the prefix are rolled up into one entry per distinct sort key up to and
 * including it.
 *
 * @param from inclusive; {@link Bytes#EMPTY} for the start
 * @param delimiter null or non-empty
 * @param limit at least 1
 */
public record Range(
    int table, Bytes partition, Bytes prefix, Bytes from, @Nullable Bytes delimiter, int limit) {}
