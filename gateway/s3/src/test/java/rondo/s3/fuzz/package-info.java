/**
 * Random input for the readers of clients' bytes.
 *
 * <ul>
 *   <li>{@link ReadersTest} feeds the readers of requests, bodies, documents and policies.
 *   <li>{@link WrittenTextTest} writes random text into documents and reads it back.
 * </ul>
 */
@NullMarked
package rondo.s3.fuzz;

import org.jspecify.annotations.NullMarked;
