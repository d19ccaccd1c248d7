package rondo.s3.framing;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose last answer may have been written before its request was read to the
 * end: first for writing alone; what the client still sends is thrown away until it closes too, at
 * most {@link #PATIENCE_MILLIS}. Closed at once, the connection would be reset by the bytes that
 * are under way, and a client that is reset doesn't read the answer (RFC 9112, section 9.6). Stands
 * between the socket and all other handlers. Used on the event loop, but for {@link #closeNow}.
 */
public final class LingeringClose extends ChannelDuplexHandler {
  /** Time for a client to send the rest of its request. */
  static final long PATIENCE_MILLIS = 5_000;

  private final BooleanSupplier answersLast;

  /** What ends the waiting; null until it has begun. */
  private @Nullable Future<?> end;

  private boolean atOnce;

  LingeringClose(BooleanSupplier answersLast) {
    this.answersLast = answersLast;
  }

  /** Closes a connection without waiting for anything, or ends its waiting. Thread-safe. */
  public static void closeNow(Channel channel) {
    channel
        .eventLoop()
        .execute(() -> {
          LingeringClose lingering = channel.pipeline().get(LingeringClose.class);
          if (lingering != null) {
            lingering.atOnce = true;
          }
          ChannelFuture _ = channel.close();
        });
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (atOnce
        || !answersLast.getAsBoolean()
        || !(context.channel() instanceof DuplexChannel duplex && duplex.isActive())) {
      ChannelFuture _ = context.close(promise);
      return;
    }
    context.channel().closeFuture().addListener(closed -> promise.trySuccess());
    if (end == null) {
      end = context.executor().schedule(() -> end(context), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      ChannelFuture _ = duplex.shutdownOutput();
      duplex.config().setAutoRead(true);
    }
  }

  private static void end(ChannelHandlerContext context) {
    ChannelFuture _ = context.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (end == null) {
      context.fireChannelRead(message);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (end != null) {
      end.cancel(false);
    }
    context.fireChannelInactive();
  }
}
