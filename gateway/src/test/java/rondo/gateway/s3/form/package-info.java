/** Tests. */
@NullMarked
package rondo.gateway.s3.form;

import org.jspecify.annotations.NullMarked;
