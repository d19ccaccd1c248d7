package rondo.server.bench;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * What is to be measured.
 *
 * @param pids of servers whose cost is to be read
 */
record BenchPlan(
    BenchWorkload workload,
    Target target,
    Data data,
    Load load,
    Requests requests,
    List<Long> pids) {

  /**
   * The store that is measured.
   *
   * @param endpoints used in turn
   */
  record Target(List<URI> endpoints, BenchCredentials credentials, String region, String bucket) {}

  /**
   * The objects of a measurement.
   *
   * @param stored the keys of objects that exist before it
   * @param fresh the keys of objects that it makes
   * @param objects how many exist before it, where the workload needs any
   */
  record Data(SizeDistribution sizes, KeyLayout stored, KeyLayout fresh, long objects) {}

  /**
   * How hard the store is driven, and how long.
   *
   * @param count operations to measure; 0 for as many as fit the duration
   * @param rate operations a second that start whether or not earlier ones have ended; 0: each
   *     client starts one when its last has ended
   */
  record Load(
      int concurrency, int threads, Duration warmup, Duration duration, long count, double rate) {}

  /**
   * How requests are made.
   *
   * @param prepare whether the stored objects are written first
   * @param overwrite whether puts go to stored objects instead of new ones
   * @param verify whether bodies are compared
   * @param signPayload whether bodies are signed by their SHA-256, computed ahead
   * @param partSizeBytes of multipart uploads
   */
  record Requests(
      boolean prepare,
      boolean overwrite,
      boolean verify,
      boolean signPayload,
      long partSizeBytes) {}
}
