package rondo.gateway.bench;

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
final class Bench {
  private final Plan plan;
  private final PrintWriter progress;
  private final List<Driver> drivers = new ArrayList<>();

  private Bench(Plan plan, PrintWriter progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * @param progress gets a line per phase
   * @throws BenchException when the endpoint can't be used at all
   */
  static Result run(Plan plan, PrintWriter progress) {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(plan.threads()).setPreferNativeTransport(true));
    try {
      var bench = new Bench(plan, progress);
      bench.start((VertxInternal) vertx);
      return bench.measure();
    } finally {
      await(vertx.close());
    }
  }

  private void start(VertxInternal vertx) {
    var content = new Content();
    int threads = Math.min(plan.threads(), plan.concurrency());
    for (int thread = 0; thread < threads; thread++) {
      int clients = plan.concurrency() / threads + (thread < plan.concurrency() % threads ? 1 : 0);
      var client = new S3Client(vertx, plan, content, clients);
      drivers.add(
          new Driver(
              vertx.createEventLoopContext(),
              new Operations(plan, client, content),
              plan,
              clients));
    }
  }

  private Result measure() {
    await(drivers.getFirst().makeBucket());
    if (plan.prepare() && (plan.workload().needsObjects() || plan.overwrite())) {
      say("writing " + plan.objects() + " objects");
      Recorder stored = run(new Phase(0, plan.objects(), Long.MAX_VALUE, 0), true);
      if (!stored.errors().isEmpty()) {
        throw new BenchException("objects could not be written: " + stored.errors());
      }
    }
    long first = 0;
    if (!plan.warmup().isZero() && !plan.workload().onlyDeletes()) {
      say("warming up for " + plan.warmup().toSeconds() + " s");
      var warmup = new Phase(0, Long.MAX_VALUE, plan.warmup().toNanos(), plan.rate());
      run(warmup, false);
      first = warmup.end();
    }
    return measure(first);
  }

  private Result measure(long first) {
    long limit = plan.count() > 0 ? plan.count() : Long.MAX_VALUE;
    if (plan.workload().onlyDeletes()) {
      limit = Math.min(limit, plan.objects());
    }
    say("measuring");
    plan.pids().forEach(Processes::forgetPeak);
    List<Double> before = Processes.cpuSeconds(plan.pids());
    double ownBefore = Processes.ownCpuSeconds();
    String started = Instant.now().toString();
    long startNanos = System.nanoTime();
    long duration = plan.count() > 0 ? Long.MAX_VALUE : plan.duration().toNanos();
    Recorder recorder = run(new Phase(first, limit, duration, plan.rate()), false);
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    double own = Processes.ownCpuSeconds() - ownBefore;
    var servers = new ArrayList<Result.Server>();
    for (int at = 0; at < before.size(); at++) {
      long pid = plan.pids().get(at);
      servers.add(
          new Result.Server(
              pid, Processes.cpuSeconds(pid) - before.get(at), Processes.peakBytes(pid)));
    }
    boolean openLoop = plan.rate() > 0;
    return new Result(
        started,
        Result.summary(plan),
        openLoop,
        seconds,
        Result.operations(recorder, seconds, openLoop),
        recorder.errors(),
        own,
        servers);
  }

  private Recorder run(Phase phase, boolean storing) {
    List<Future<Recorder>> runs = new ArrayList<>();
    drivers.forEach(driver -> runs.add(driver.run(phase, storing)));
    var all = new Recorder();
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
