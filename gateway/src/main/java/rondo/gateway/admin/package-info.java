/**
 * What operators see and do. {@link AdminServer} answers {@link AdminRequest}s: about the node from
 * its {@link NodeView}, about users through {@link UserApi}, about who may do what through {@link
 * Explain}, about buckets through {@link BucketApi}, its {@code BucketCopies} and {@code
 * BucketQuorums}, about changes of the layout through {@link LayoutApi}, about rules by {@link
 * rondo.gateway.lifecycle.Preview}.
 */
@NullMarked
package rondo.gateway.admin;

import org.jspecify.annotations.NullMarked;
