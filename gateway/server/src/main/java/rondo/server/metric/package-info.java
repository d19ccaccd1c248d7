/**
 * A node's metrics.
 *
 * <ul>
 *   <li>{@link NodeMetrics} is the one registry, and writes all of them in Prometheus' format.
 *   <li>{@link MetricCatalogue} names every metric of Rondo's own and says what it means.
 *   <li>{@link MetricDescription} is one entry of it.
 *   <li>{@link MetricSource} is a part whose values are read when somebody asks.
 *   <li>{@link MetricReading} collects the values of one moment.
 *   <li>{@link RequestMetrics} counts S3's requests by operation, bucket and account.
 *   <li>{@link BusiestNames} bounds how many buckets and accounts are counted by name.
 *   <li>{@link TrafficMetrics} shows what S3's clients hold of the node.
 *   <li>{@link HealthMetrics} shows the node's health and its clock.
 *   <li>{@link LayoutMetrics} shows the layout, and what moves.
 *   <li>{@link PeerMetrics} shows the messages between nodes.
 *   <li>{@link StorageMetrics} shows disks, chunks and the engine of the metadata.
 *   <li>{@link RepairMetrics} shows what copies lack.
 *   <li>{@link BackgroundMetrics} shows lifecycle rules and shards.
 *   <li>{@link RecordMetrics} has what is written down of requests, and what is lost.
 * </ul>
 */
@NullMarked
package rondo.server.metric;

import org.jspecify.annotations.NullMarked;
