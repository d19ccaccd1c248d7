/** Rules of lifecycles, read, told and applied. */
@NullMarked
package rondo.s3.lifecycle;

import org.jspecify.annotations.NullMarked;
