/** Access logs. */
@NullMarked
package rondo.gateway.s3.logging;

import org.jspecify.annotations.NullMarked;
