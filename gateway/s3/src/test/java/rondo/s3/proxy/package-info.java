/** Tests of proxies in front of a node. */
@NullMarked
package rondo.s3.proxy;

import org.jspecify.annotations.NullMarked;
