/** Tests of browser forms. */
@NullMarked
package rondo.s3.form;

import org.jspecify.annotations.NullMarked;
