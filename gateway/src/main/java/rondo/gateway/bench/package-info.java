/**
 * A load generator for any S3 endpoint. {@link BenchCommand} reads a {@link Plan} (with {@link
 * SizeDistribution} and {@link Workload}); {@link Bench} runs its {@link Phase}s through {@link
 * Driver}s, one per event loop, whose {@link Operations} speak through an {@link S3Client} and send
 * {@link Content} under keys of a {@link KeyLayout}; a {@link Recorder} measures, {@link Processes}
 * reads what servers cost; {@link Result} is what came out, in JSON or as a {@link ResultTable}, or
 * two side by side in a {@link Comparison}. {@link Kind} names operations, {@link Credentials} the
 * client's key, {@link BenchException} ends what can't go on, {@link RequestException} one request.
 */
@NullMarked
package rondo.gateway.bench;

import org.jspecify.annotations.NullMarked;
