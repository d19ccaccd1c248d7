/**
 * What operators see and do.
 *
 * <ul>
 *   <li>{@link AdminServer} answers {@link AdminRequest}s: health and metrics for all, the rest for
 *       root alone.
 *   <li>{@link AdminRequest} is one request.
 *   <li>{@link AdminRoutes} finds what a request of root asks for.
 *   <li>{@link NodeView} shows the node.
 *   <li>{@link LayoutApi} shows and changes the layout.
 *   <li>{@link UserApi} makes users, their keys and their policies.
 *   <li>{@link AccessExplainer} tells who may do what, and why.
 *   <li>{@link BucketApi} shows and changes what buckets hold and may hold.
 *   <li>{@link BucketQuorums} are how many replicas a bucket's requests wait for.
 *   <li>{@link BucketCopies} are how many copies a bucket's data has.
 * </ul>
 */
@NullMarked
package rondo.server.admin;

import org.jspecify.annotations.NullMarked;
