package rondo.s3.http;

import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import rondo.s3.admission.MemoryBudget;
import rondo.s3.admission.OpenConnections;
import rondo.s3.admission.RequestMemory;
import rondo.s3.proxy.TrustedProxies;
import rondo.s3.request.ClientConnection;

/**
 * Admits requests as far as there is memory for them, and knows when all have ended. Thread-safe.
 */
final class RequestAdmission {
  private static final int ALL = Integer.MAX_VALUE;

  private final MemoryBudget budget;
  private final OpenConnections connections;
  private final TrustedProxies proxies;

  /** Counts the requests in work by the permits that are missing. */
  private final Semaphore free = new Semaphore(ALL);

  private volatile boolean closing;

  RequestAdmission(MemoryBudget budget, OpenConnections connections, TrustedProxies proxies) {
    this.budget = budget;
    this.proxies = proxies;
    this.connections = connections;
  }

  /**
   * Admits one more request if there is room; {@link #leave} then ends it. Never blocks. A request
   * without a signature is its address's; one with a signature will be its account's.
   */
  @Nullable RequestMemory enter(HttpServerRequest request) {
    if (closing) {
      return null;
    }
    RequestMemory memory =
        budget.admit(
            isSigned(request) ? null : address(RequestHeadReader.client(request, proxies)));
    if (memory != null) {
      free.acquireUninterruptibly();
      connections.began(request.connection());
    }
    return memory;
  }

  private static boolean isSigned(HttpServerRequest request) {
    String uri = request.uri();
    return request.headers().contains("Authorization") || uri.contains("Signature=");
  }

  /** The name of a client without an account. */
  static String address(ClientConnection client) {
    return "address " + client.network();
  }

  void leave(HttpServerRequest request) {
    connections.ended(request.connection());
    free.release();
  }

  /**
   * Admits no further request and waits for those in work.
   *
   * @return whether all of them ended within {@code patience}
   */
  boolean drain(Duration patience) {
    closing = true;
    try {
      return free.tryAcquire(ALL, patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
