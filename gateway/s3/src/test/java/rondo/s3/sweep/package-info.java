/** Tests of the work on lifecycle rules, over replicas in memory and with a manual clock. */
@NullMarked
package rondo.s3.sweep;

import org.jspecify.annotations.NullMarked;
