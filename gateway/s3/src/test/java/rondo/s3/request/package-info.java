/** Tests of requests: their operations and addresses. */
@NullMarked
package rondo.s3.request;

import org.jspecify.annotations.NullMarked;
