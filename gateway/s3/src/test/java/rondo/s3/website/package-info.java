/** Tests of the settings of websites. */
@NullMarked
package rondo.s3.website;

import org.jspecify.annotations.NullMarked;
