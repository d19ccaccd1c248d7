/** The work of rules, over replicas in memory and with a clock that stands still. */
@NullMarked
package rondo.s3.sweep;

import org.jspecify.annotations.NullMarked;
