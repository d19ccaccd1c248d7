package rondo.server.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Runs a plan: bucket, objects, warm-up, measurement. */
final class BenchRun {
  private final BenchPlan plan;
  private final PrintWriter progress;
  private final List<LoadDriver> drivers = new ArrayList<>();

  private BenchRun(BenchPlan plan, PrintWriter progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * Runs a plan.
   *
   * @param progress gets a line per phase
   * @throws BenchException when the endpoint can't be used at all
   */
  static BenchResult run(BenchPlan plan, PrintWriter progress) {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(plan.load().threads())
                .setPreferNativeTransport(true));
    try {
      var bench = new BenchRun(plan, progress);
      bench.start((VertxInternal) vertx);
      return bench.measure();
    } finally {
      await(vertx.close());
    }
  }

  private void start(VertxInternal vertx) {
    var content = new ObjectContent();
    int threads = Math.min(plan.load().threads(), plan.load().concurrency());
    for (int thread = 0; thread < threads; thread++) {
      int clients =
          plan.load().concurrency() / threads
              + (thread < plan.load().concurrency() % threads ? 1 : 0);
      var client = new S3Client(vertx, plan, content, clients);
      drivers.add(
          new LoadDriver(
              vertx.createEventLoopContext(),
              new BenchOperations(plan, client, content),
              plan,
              clients));
    }
  }

  private BenchResult measure() {
    await(drivers.getFirst().makeBucket());
    if (plan.requests().prepare()
        && (plan.workload().needsObjects() || plan.requests().overwrite())) {
      say("writing " + plan.data().objects() + " objects");
      LatencyRecorder stored =
          run(new BenchPhase(0, plan.data().objects(), Long.MAX_VALUE, 0), true);
      if (!stored.errors().isEmpty()) {
        throw new BenchException("objects could not be written: " + stored.errors());
      }
    }
    long first = 0;
    if (!plan.load().warmup().isZero() && !plan.workload().onlyDeletes()) {
      say("warming up for " + plan.load().warmup().toSeconds() + " s");
      var warmup =
          new BenchPhase(0, Long.MAX_VALUE, plan.load().warmup().toNanos(), plan.load().rate());
      run(warmup, false);
      first = warmup.end();
    }
    return measure(first);
  }

  private BenchResult measure(long first) {
    long limit = plan.load().count() > 0 ? plan.load().count() : Long.MAX_VALUE;
    if (plan.workload().onlyDeletes()) {
      limit = Math.min(limit, plan.data().objects());
    }
    say("measuring");
    plan.pids().forEach(ProcessCosts::forgetPeak);
    List<Double> before = ProcessCosts.cpuSeconds(plan.pids());
    double ownBefore = ProcessCosts.ownCpuSeconds();
    String started = Instant.now().toString();
    long startNanos = System.nanoTime();
    long duration = plan.load().count() > 0 ? Long.MAX_VALUE : plan.load().duration().toNanos();
    LatencyRecorder recorder =
        run(new BenchPhase(first, limit, duration, plan.load().rate()), false);
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    double own = ProcessCosts.ownCpuSeconds() - ownBefore;
    var servers = new ArrayList<BenchResult.Server>();
    for (int at = 0; at < before.size(); at++) {
      long pid = plan.pids().get(at);
      servers.add(
          new BenchResult.Server(
              pid, ProcessCosts.cpuSeconds(pid) - before.get(at), ProcessCosts.peakBytes(pid)));
    }
    boolean openLoop = plan.load().rate() > 0;
    return new BenchResult(
        started,
        BenchResult.summary(plan),
        openLoop,
        seconds,
        BenchResult.operations(recorder, seconds, openLoop),
        recorder.errors(),
        own,
        servers);
  }

  private LatencyRecorder run(BenchPhase phase, boolean storing) {
    List<Future<LatencyRecorder>> runs = new ArrayList<>();
    drivers.forEach(driver -> runs.add(driver.run(phase, storing)));
    var all = new LatencyRecorder();
    runs.forEach(run -> all.add(await(run)));
    return all;
  }

  private void say(String what) {
    progress.println("rondo bench: " + what);
    progress.flush();
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new BenchException("the endpoint does not work: " + e.getCause());
    }
  }
}
