package rondo.s3.admission;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpConnection;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Comparator;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The connections of clients. It bounds their number: a new one takes the place of one that has no
 * request in work, first of a head that is late. {@link #sweep} closes what has waited too long.
 * Thread-safe.
 */
public final class OpenConnections {
  private final AdmissionSettings settings;
  private final AdmissionCounters counters;

  /** By the client's address and port. */
  private final ConcurrentHashMap<String, WatchedConnection> open = new ConcurrentHashMap<>();

  public OpenConnections(AdmissionSettings settings, AdmissionCounters counters) {
    this.settings = settings;
    this.counters = counters;
  }

  /** Takes a new connection, which nothing was read from; false when there is no room for it. */
  boolean admit(Channel channel) {
    String name = name(channel.remoteAddress());
    if (open.size() >= settings.connections() && !evict()) {
      counters.shed(counters.connectionsRefused);
      return false;
    }
    var connection = new WatchedConnection(channel);
    channel.pipeline().addLast(connection);
    open.put(name, connection);
    channel.closeFuture().addListener(closed -> open.remove(name, connection));
    return true;
  }

  private static String name(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress inet && inet.getAddress() != null
        ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
        : String.valueOf(address);
  }

  /** Makes room for one more; false when all have requests in work. */
  private boolean evict() {
    long now = System.nanoTime();
    WatchedConnection worst =
        open.values().stream()
            .filter(WatchedConnection::isFree)
            .max(
                Comparator.comparingInt((WatchedConnection one) -> one.awaitsHead() ? 1 : 0)
                    .thenComparingLong(one -> one.freeNanos(now)))
            .orElse(null);
    if (worst == null) {
      return false;
    }
    open.values().remove(worst);
    worst.close();
    counters.shed(counters.evicted);
    return true;
  }

  /** A request has begun: its own limits hold until {@link #ended}. */
  public void began(HttpConnection connection) {
    WatchedConnection watched = find(connection);
    if (watched != null) {
      watched.began();
    }
  }

  public void ended(HttpConnection connection) {
    WatchedConnection watched = find(connection);
    if (watched != null) {
      watched.ended();
    }
  }

  private @Nullable WatchedConnection find(HttpConnection connection) {
    io.vertx.core.net.SocketAddress address = connection.remoteAddress(true);
    return address == null ? null : open.get(address.hostAddress() + ":" + address.port());
  }

  /** Closes connections whose head is late, and those that were idle for too long. */
  public void sweep() {
    long now = System.nanoTime();
    for (WatchedConnection one : open.values()) {
      if (!one.isFree()) {
        continue;
      }
      long free = one.freeNanos(now);
      if (one.awaitsHead() && free > settings.head().toNanos()) {
        one.close();
        counters.slowHead();
      } else if (free > settings.idle().toNanos()) {
        one.close();
        counters.idle.increment();
      }
    }
  }

  public int size() {
    return open.size();
  }
}
