/** Settings of websites. */
@NullMarked
package rondo.gateway.s3.website;

import org.jspecify.annotations.NullMarked;
