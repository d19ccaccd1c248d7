package rondo.s3.admission;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicInteger;
import rondo.s3.framing.LingeringClose;

/**
 * Notes when the bytes of a head, or of a TLS handshake, begin to arrive on a connection, before
 * anything else reads them. Thread-safe.
 */
final class WatchedConnection extends ChannelInboundHandlerAdapter {
  private final Channel channel;
  private final AtomicInteger requests = new AtomicInteger();

  /** When the connection became free, or the first byte of its next head came. */
  private volatile long sinceNanos = System.nanoTime();

  /** Whether bytes have come since; a new connection should send them at once. */
  private volatile boolean head = true;

  WatchedConnection(Channel channel) {
    this.channel = channel;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!head && requests.get() == 0) {
      sinceNanos = System.nanoTime();
      head = true;
    }
    context.fireChannelRead(message);
  }

  void began() {
    requests.incrementAndGet();
  }

  void ended() {
    sinceNanos = System.nanoTime();
    head = false;
    requests.decrementAndGet();
  }

  boolean isFree() {
    return requests.get() == 0;
  }

  boolean awaitsHead() {
    return head;
  }

  long freeNanos(long now) {
    return now - sinceNanos;
  }

  void close() {
    LingeringClose.closeNow(channel);
  }
}
