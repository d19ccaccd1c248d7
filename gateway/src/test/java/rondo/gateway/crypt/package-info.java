/** Tests of encryption at rest. */
@NullMarked
package rondo.gateway.crypt;

import org.jspecify.annotations.NullMarked;
