/**
 * Random input for the readers of clients' bytes.
 *
 * <ul>
 *   <li>{@link Fuzz} makes input from good examples and checks the reader's promises.
 *   <li>{@link ReadersTest} runs it on each reader.
 * </ul>
 */
@NullMarked
package rondo.s3.fuzz;

import org.jspecify.annotations.NullMarked;
