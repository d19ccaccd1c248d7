/**
 * The head of a request, as far as it can be judged before its sender is known.
 *
 * <ul>
 *   <li>{@link SingleHeaders} refuses requests that authenticate themselves twice.
 *   <li>{@link VirtualHost} finds the bucket that a host's name begins with.
 *   <li>{@link SubResources} names the sub-resources of S3.
 * </ul>
 */
@NullMarked
package rondo.s3.head;

import org.jspecify.annotations.NullMarked;
