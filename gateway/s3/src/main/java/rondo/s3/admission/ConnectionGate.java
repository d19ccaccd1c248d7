package rondo.s3.admission;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Stands before a listening socket's acceptor and lets in what there is room for. Thread-safe. */
@ChannelHandler.Sharable
final class ConnectionGate extends ChannelInboundHandlerAdapter {
  private final OpenConnections connections;

  ConnectionGate(OpenConnections connections) {
    this.connections = connections;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof Channel accepted && !connections.admit(accepted)) {
      accepted.unsafe().closeForcibly();
      return;
    }
    context.fireChannelRead(message);
  }
}
