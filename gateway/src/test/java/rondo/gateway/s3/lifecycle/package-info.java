/** Rules of lifecycles, read, told and applied. */
@NullMarked
package rondo.gateway.s3.lifecycle;

import org.jspecify.annotations.NullMarked;
