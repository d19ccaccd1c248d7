/**
 * The benchmark.
 *
 * <ul>
 *   <li>{@link BenchCommand} reads its options into a {@link Plan}.
 *   <li>{@link Plan} is all that a run is told.
 *   <li>{@link Workload} says which operations are done, and how often each.
 *   <li>{@link Kind} is what one operation does.
 *   <li>{@link SizeDistribution} says how large objects are.
 *   <li>{@link KeyLayout} names objects.
 *   <li>{@link Content} is their bytes.
 *   <li>{@link Bench} makes the bucket and its objects, warms up and measures.
 *   <li>{@link Driver} runs some of the clients on one event loop.
 *   <li>{@link Operations} does a driver's operations.
 *   <li>{@link Phase} hands out their numbers.
 *   <li>{@link S3Client} sends their requests, signed.
 *   <li>{@link Credentials} are the key that they are signed with.
 *   <li>{@link RequestException} is one request that failed.
 *   <li>{@link Recorder} notes what one driver measured.
 *   <li>{@link Processes} reads what servers and clients cost.
 *   <li>{@link Result} is what was measured.
 *   <li>{@link ResultTable} shows it to people.
 *   <li>{@link Comparison} shows two beside each other.
 *   <li>{@link BenchException} says why the benchmark can't go on.
 * </ul>
 */
@NullMarked
package rondo.gateway.bench;

import org.jspecify.annotations.NullMarked;
