/** Tests of encryption at rest. */
@NullMarked
package rondo.s3.crypt;

import org.jspecify.annotations.NullMarked;
