/**
 * The admin API: views and commands for operators.
 *
 * <ul>
 *   <li>{@link AdminServer} serves the admin API.
 *   <li>{@link HealthServer} answers health and metrics alone.
 *   <li>{@link HealthPages} has these pages.
 *   <li>{@link AdminRequest} is one request.
 *   <li>{@link AdminAccess} decides whether it may be answered.
 *   <li>{@link AdminDispatcher} finds its route and has it answered.
 *   <li>{@link NodeRoutes} shows the node's health and state.
 *   <li>{@link NodeView} shows the node.
 *   <li>{@link LayoutApi} shows and changes the layout.
 *   <li>{@link UserApi} makes users, their keys, policies and roles.
 *   <li>{@link AccessExplainer} tells whether an account may do something, and why.
 *   <li>{@link BucketApi} shows the contents of buckets, and shows and changes their settings.
 *   <li>{@link KeyApi} counts the rows under master keys, and reseals them.
 *   <li>{@link TokenApi} makes, shows and ends join tokens.
 *   <li>{@link BucketGrants} lets users use buckets of others.
 *   <li>{@link NodeOrders} gives orders about nodes that move no data.
 *   <li>{@link DiskApi} shows the data folders, adds further ones, and sends them away.
 *   <li>{@link NodeStop} stops the node.
 *   <li>{@link BucketQuorums} checks how many replicas a bucket's requests wait for.
 *   <li>{@link BucketCopies} checks how many copies a bucket's data has.
 * </ul>
 */
@NullMarked
package rondo.server.admin;

import org.jspecify.annotations.NullMarked;
