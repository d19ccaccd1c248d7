/**
 * Rows by quorums, and the bucket that says which quorums.
 *
 * <ul>
 *   <li>{@link RowStore} reads and writes rows; an outcome that isn't a result is an exception.
 *   <li>{@link Bucket} is a bucket as it was when its row was read.
 *   <li>{@link Consistency} is the level and the session that a request asks for.
 *   <li>{@link Session} holds what a client has seen.
 *   <li>{@link RefusalException} ends work that is refused, by the store or by its caller's own
 *       condition.
 *   <li>{@link StoreException} says why the store refuses.
 *   <li>{@link ShardClosedException} tells that a shard takes no writes: its bucket goes, or its
 *       keys have moved.
 *   <li>{@link RandomIds} names what is new.
 * </ul>
 */
@NullMarked
package rondo.store.row;

import org.jspecify.annotations.NullMarked;
