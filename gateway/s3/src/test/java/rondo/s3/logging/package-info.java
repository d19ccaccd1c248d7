/** Tests of access logs. */
@NullMarked
package rondo.s3.logging;

import org.jspecify.annotations.NullMarked;
