package rondo.server.bench;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * What is to be measured.
 *
 * @param endpoints used in turn
 * @param count operations to measure; 0 for as many as fit the duration
 * @param rate operations a second that are started whether or not earlier ones have ended; 0 for
 *     each client to start one when its last has ended
 * @param objects how many exist before the measurement, where the workload needs any
 * @param overwrite whether puts go to those objects instead of new ones
 * @param partSizeBytes of multipart uploads
 * @param signPayload whether bodies are signed by their SHA-256, computed ahead
 * @param pids of servers whose cost is to be read
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
