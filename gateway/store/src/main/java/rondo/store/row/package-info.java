/**
 * Rows, read and written by quorums, and the bucket, which says by which quorums.
 *
 * <ul>
 *   <li>{@link RowStore} reads and writes rows, and turns outcomes without a result into
 *       exceptions.
 *   <li>{@link Bucket} is a bucket as it was when its row was read.
 *   <li>{@link Consistency} holds the level and the session that a request asks for.
 *   <li>{@link Session} holds the stamps that a client has seen.
 *   <li>{@link RefusalException} ends work that the store, or its caller's condition, refuses.
 *   <li>{@link StoreException} says why the store refuses.
 *   <li>{@link ShardClosedException} ends a write to a closed shard.
 *   <li>{@link RandomIds} makes ids.
 * </ul>
 */
@NullMarked
package rondo.store.row;

import org.jspecify.annotations.NullMarked;
