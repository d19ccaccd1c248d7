package rondo.server.bench;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The settings of a run.
 *
 * @param endpoints used in turn
 * @param count operations to measure; 0 for as many as fit the duration
 * @param rate operations started per second, whether or not earlier ones have ended (an open loop);
 *     0 for clients that each start one when their last has ended (a closed loop)
 * @param objects the number of objects that exist before the measurement, if the workload needs any
 * @param overwrite whether puts go to those objects instead of new ones
 * @param partSizeBytes the part size of multipart uploads
 * @param signPayload whether bodies are signed by their SHA-256, which is computed ahead
 * @param pids the server processes whose cost is measured
 */
record BenchPlan(
    List<URI> endpoints,
    BenchCredentials credentials,
    String region,
    String bucket,
    BenchWorkload workload,
    SizeDistribution sizes,
    KeyLayout stored,
    KeyLayout fresh,
    int concurrency,
    int threads,
    Duration warmup,
    Duration duration,
    long count,
    double rate,
    long objects,
    boolean prepare,
    boolean overwrite,
    boolean verify,
    boolean signPayload,
    long partSizeBytes,
    List<Long> pids) {}
