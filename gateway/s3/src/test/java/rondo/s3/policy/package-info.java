/** Tests of the language of policies. */
@NullMarked
package rondo.s3.policy;

import org.jspecify.annotations.NullMarked;
