/**
 * What a node is told when it starts, as values.
 *
 * <ul>
 *   <li>{@link Configuration} is all of it.
 *   <li>{@link StorageSettings} say what the node keeps on its disks, and how.
 *   <li>{@link NodeEndpoints} are where it listens.
 *   <li>{@link ClusterSettings} say which cluster it joins, or makes.
 *   <li>{@link MemberSettings} say what it is to its cluster.
 *   <li>{@link S3Settings} say how it serves S3.
 *   <li>{@link SecretSettings} are who is known to it from the start, and its keys.
 *   <li>{@link KeySources} say where the keys of server-side encryption come from.
 *   <li>{@link HostPort} is where something listens or is reached.
 *   <li>{@link ByteSizes} reads sizes as people write them.
 *   <li>{@link Durations} reads times as people write them.
 *   <li>{@link StartException} is what a person can mend.
 * </ul>
 */
@NullMarked
package rondo.server.config;

import org.jspecify.annotations.NullMarked;
