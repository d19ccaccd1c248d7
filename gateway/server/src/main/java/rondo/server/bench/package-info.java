/**
 * The benchmark.
 *
 * <ul>
 *   <li>{@link BenchCommand} makes a plan of the command's options.
 *   <li>{@link BenchPlan} holds all settings of a run.
 *   <li>{@link BenchWorkload} says which operations run, and how often each.
 *   <li>{@link OperationKind} is the kind of an operation.
 *   <li>{@link SizeDistribution} says how large objects are.
 *   <li>{@link KeyLayout} names objects.
 *   <li>{@link ObjectContent} makes and checks their bytes.
 *   <li>{@link BenchRun} makes the bucket and its objects, warms up and measures.
 *   <li>{@link LoadDriver} runs some of the clients on one event loop.
 *   <li>{@link BenchOperations} runs a driver's operations.
 *   <li>{@link BenchPhase} hands out the operations' numbers.
 *   <li>{@link S3Client} signs and sends their requests.
 *   <li>{@link BenchCredentials} holds the key that signs them.
 *   <li>{@link FailedRequestException} is one request that failed.
 *   <li>{@link LatencyRecorder} records the latencies of one driver.
 *   <li>{@link ProcessCosts} reads the CPU time and memory of servers and clients.
 *   <li>{@link BenchResult} holds the measured figures.
 *   <li>{@link ResultTable} prints them for people.
 *   <li>{@link ResultComparison} prints two results side by side.
 *   <li>{@link BenchException} says why the benchmark can't go on.
 * </ul>
 */
@NullMarked
package rondo.server.bench;

import org.jspecify.annotations.NullMarked;
