/**
 * Moves everything that is sealed under older master keys to the newest ones.
 *
 * <ul>
 *   <li>{@link MasterKeyRewrap} does this in the background, once an operator asks for it.
 *   <li>{@link RewrapWalk} finds all rows that hold sealed keys or secrets.
 *   <li>{@link SealedRow} is such a row.
 *   <li>{@link RewrapTally} counts what a walk has found and done.
 *   <li>{@link RewrapView} shows how far the work has come.
 * </ul>
 */
@NullMarked
package rondo.s3.rewrap;

import org.jspecify.annotations.NullMarked;
