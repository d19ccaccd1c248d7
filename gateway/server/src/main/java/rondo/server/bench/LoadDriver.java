package rondo.server.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.TimeUnit;

/** Runs some of the clients on one event loop; each runs one operation after the other. */
final class LoadDriver {
  /** The pause of a client after a failure, so that it doesn't hammer a dead server. */
  private static final long AFTER_FAILURE_NANOS = 20_000_000;

  private final ContextInternal context;
  private final BenchOperations operations;
  private final BenchPlan plan;
  private final int clients;

  LoadDriver(ContextInternal context, BenchOperations operations, BenchPlan plan, int clients) {
    this.context = context;
    this.operations = operations;
    this.plan = plan;
    this.clients = clients;
  }

  Future<Void> makeBucket() {
    Promise<Void> done = context.promise();
    context.runOnContext(go -> operations.makeBucket().onComplete(done));
    return done.future();
  }

  /**
   * Takes part in {@code phase} until it is over.
   *
   * @param storing whether the phase makes the plan's objects instead of running its workload
   */
  Future<LatencyRecorder> run(BenchPhase phase, boolean storing) {
    var run = new Run(phase, storing, clients, context.promise());
    context.runOnContext(go -> {
      for (int client = 0; client < clients; client++) {
        run.next();
      }
    });
    return run.done.future();
  }

  /** One phase on this driver. */
  private final class Run {
    private final BenchPhase phase;
    private final boolean storing;
    private final Promise<LatencyRecorder> done;
    private final LatencyRecorder recorder = new LatencyRecorder();
    private int running;

    Run(BenchPhase phase, boolean storing, int clients, Promise<LatencyRecorder> done) {
      this.phase = phase;
      this.storing = storing;
      this.running = clients;
      this.done = done;
    }

    void next() {
      long place = phase.next();
      if (place < 0) {
        if (--running == 0) {
          done.complete(recorder);
        }
        return;
      }
      long wait = phase.isScheduled() ? phase.intendedNanos(place) - System.nanoTime() : 0;
      if (wait > 0) {
        later(wait, () -> start(place));
      } else {
        start(place);
      }
    }

    private void later(long nanos, Runnable what) {
      var _ = context.nettyEventLoop().schedule(what, nanos, TimeUnit.NANOSECONDS);
    }

    private void start(long place) {
      long number = phase.number(place);
      OperationKind kind =
          storing ? OperationKind.PUT : plan.workload().pick(KeyLayout.mix(number));
      long from = phase.isScheduled() ? phase.intendedNanos(place) : System.nanoTime();
      Future<Long> operation = storing ? operations.store(number) : operations.run(kind, number);
      operation
          .onSuccess(bytes -> {
            recorder.succeeded(kind, System.nanoTime() - from, bytes);
            next();
          })
          .onFailure(failure -> {
            recorder.failed(kind, failure);
            later(AFTER_FAILURE_NANOS, this::next);
          });
    }
  }
}
