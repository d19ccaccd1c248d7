/**
 * The benchmark.
 *
 * <ul>
 *   <li>{@link BenchCommand} reads its options into a {@link BenchPlan}.
 *   <li>{@link BenchPlan} is all that a run is told.
 *   <li>{@link BenchWorkload} says which operations are done, and how often each.
 *   <li>{@link OperationKind} is what one operation does.
 *   <li>{@link SizeDistribution} says how large objects are.
 *   <li>{@link KeyLayout} names objects.
 *   <li>{@link ObjectContent} is their bytes.
 *   <li>{@link BenchRun} makes the bucket and its objects, warms up and measures.
 *   <li>{@link LoadDriver} runs some of the clients on one event loop.
 *   <li>{@link BenchOperations} does a driver's operations.
 *   <li>{@link BenchPhase} hands out their numbers.
 *   <li>{@link S3Client} sends their requests, signed.
 *   <li>{@link BenchCredentials} are the key that they are signed with.
 *   <li>{@link FailedRequestException} is one request that failed.
 *   <li>{@link LatencyRecorder} notes what one driver measured.
 *   <li>{@link ProcessCosts} reads what servers and clients cost.
 *   <li>{@link BenchResult} is what was measured.
 *   <li>{@link ResultTable} shows it to people.
 *   <li>{@link ResultComparison} shows two beside each other.
 *   <li>{@link BenchException} says why the benchmark can't go on.
 * </ul>
 */
@NullMarked
package rondo.server.bench;

import org.jspecify.annotations.NullMarked;
