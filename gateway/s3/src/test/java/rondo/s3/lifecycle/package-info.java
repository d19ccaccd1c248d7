/** Tests of lifecycle rules: their documents, headers and due actions. */
@NullMarked
package rondo.s3.lifecycle;

import org.jspecify.annotations.NullMarked;
