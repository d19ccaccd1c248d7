package rondo.server.process;

import io.vertx.core.Future;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import rondo.server.config.HostPort;
import rondo.server.config.StartException;

/** Waits for asynchronous starts and stops, and explains failures. */
public final class PortBinding {
  /** Binding is quick; loading what it takes isn't, where other programs want the processors. */
  private static final long START_SECONDS = 120;

  private static final long STOP_SECONDS = 10;

  private PortBinding() {}

  /**
   * Waits until the port is bound; returns its address.
   *
   * @param flag the setting to correct when the port can't be bound
   * @throws StartException when it can't
   */
  public static HostPort await(Future<Integer> port, HostPort wanted, String flag) {
    try {
      return wanted.withPort(
          port.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      throw refused(e, wanted, flag);
    } catch (TimeoutException e) {
      throw new StartException("listening on " + wanted + " takes too long", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted", e);
    }
  }

  /** Explains why nothing can listen at {@code wanted}. */
  public static StartException refused(Throwable failure, HostPort wanted, String flag) {
    for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof UnknownHostException || t instanceof UnresolvedAddressException) {
        return new StartException(
            "%s: there is no host %s".formatted(flag, wanted.host()), failure);
      }
      if (t instanceof IOException) {
        return new StartException(
            "can't listen on %s (%s): stop what uses it, or choose another %s"
                .formatted(wanted, t.getMessage(), flag),
            failure);
      }
    }
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return new StartException("can't listen on " + wanted + ": " + cause, failure);
  }

  /** Waits a while for a stop. */
  public static void stop(Future<Void> stopped) {
    try {
      stopped.toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return; // It ends with the process.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
