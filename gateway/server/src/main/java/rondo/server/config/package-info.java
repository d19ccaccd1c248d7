/**
 * The settings that a node gets when it starts, as values.
 *
 * <ul>
 *   <li>{@link Configuration} holds all of them.
 *   <li>{@link StorageSettings} sets the node's data folders, durability and engine.
 *   <li>{@link SpaceSettings} sets what the node does as a disk fills.
 *   <li>{@link NodeEndpoints} sets where the node listens.
 *   <li>{@link AdminSettings} sets where the node is administered.
 *   <li>{@link ConsoleSettings} sets where the node serves the console.
 *   <li>{@link ClusterSettings} sets which cluster the node joins, or makes.
 *   <li>{@link MemberSettings} describes the node as a member of its cluster.
 *   <li>{@link HealthSettings} sets when the node counts as ready.
 *   <li>{@link S3Settings} sets how the node serves S3.
 *   <li>{@link BucketLimits} bounds buckets.
 *   <li>{@link SecretSettings} sets the accounts that a node knows from the start, and its keys.
 *   <li>{@link KeySources} sets where the keys of server-side encryption come from.
 *   <li>{@link HostPort} is an address to listen at or to connect to.
 *   <li>{@link ByteSizes} parses sizes as people write them.
 *   <li>{@link Durations} parses durations as people write them.
 *   <li>{@link StartException} reports a mistake that a person can correct.
 *   <li>{@link MetricSettings} says what metrics tell beside what they always do.
 * </ul>
 */
@NullMarked
package rondo.server.config;

import org.jspecify.annotations.NullMarked;
