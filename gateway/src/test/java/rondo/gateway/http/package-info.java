/** Tests. */
@NullMarked
package rondo.gateway.http;

import org.jspecify.annotations.NullMarked;
