/**
 * The admin API: views and commands for operators.
 *
 * <ul>
 *   <li>{@link AdminServer} answers requests: health and metrics for all, the rest for root alone.
 *   <li>{@link AdminRequest} is one request.
 *   <li>{@link AdminRoutes} routes root's requests.
 *   <li>{@link NodeView} shows the node.
 *   <li>{@link LayoutApi} shows and changes the layout.
 *   <li>{@link UserApi} makes users, their keys and their policies.
 *   <li>{@link AccessExplainer} tells whether an account may do something, and why.
 *   <li>{@link BucketApi} shows the contents of buckets, and shows and changes their settings.
 *   <li>{@link BucketQuorums} checks how many replicas a bucket's requests wait for.
 *   <li>{@link BucketCopies} checks how many copies a bucket's data has.
 * </ul>
 */
@NullMarked
package rondo.server.admin;

import org.jspecify.annotations.NullMarked;
