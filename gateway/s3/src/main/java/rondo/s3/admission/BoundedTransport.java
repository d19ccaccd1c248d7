package rondo.s3.admission;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.spi.transport.Transport;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A transport whose connections read into small buffers at first, which grow while bytes keep
 * coming, and whose servers let in no more connections than there is room for. Vert.x itself reads
 * into buffers of the receive buffer's size, so that each half-sent head would hold as much.
 */
public final class BoundedTransport implements Transport {
  private static final int FIRST_READ_BYTES = 4 * 1024;

  /** Larger reads gain nothing. */
  static final int LARGEST_READ_BYTES = 128 * 1024;

  private final Transport transport;
  private final @Nullable OpenConnections connections;

  /**
   * @param connections bounds the connections of servers; null: not bounded
   */
  public BoundedTransport(Transport transport, @Nullable OpenConnections connections) {
    this.transport = transport;
    this.connections = connections;
  }

  private static AdaptiveRecvByteBufAllocator reads() {
    return new AdaptiveRecvByteBufAllocator(512, FIRST_READ_BYTES, LARGEST_READ_BYTES);
  }

  @Override
  public void configure(TcpConfig options, boolean domain, ServerBootstrap bootstrap) {
    transport.configure(options, domain, bootstrap);
    bootstrap.childOption(ChannelOption.RECVBUF_ALLOCATOR, reads());
    if (connections != null) {
      bootstrap.handler(new ConnectionGate(connections));
    }
  }

  @Override
  public void configure(TcpConfig options, boolean domain, Bootstrap bootstrap) {
    transport.configure(options, domain, bootstrap);
    bootstrap.option(ChannelOption.RECVBUF_ALLOCATOR, reads());
  }

  @Override
  public boolean supportsDomainSockets() {
    return transport.supportsDomainSockets();
  }

  @Override
  public boolean supportFileRegion() {
    return transport.supportFileRegion();
  }

  @Override
  public boolean isAvailable() {
    return transport.isAvailable();
  }

  @Override
  public @Nullable Throwable unavailabilityCause() {
    return transport.unavailabilityCause();
  }

  @Override
  public SocketAddress convert(io.vertx.core.net.SocketAddress address) {
    return transport.convert(address);
  }

  @Override
  public io.vertx.core.net.@Nullable SocketAddress convert(SocketAddress address) {
    return transport.convert(address);
  }

  @Override
  public IoHandlerFactory ioHandlerFactory() {
    return transport.ioHandlerFactory();
  }

  @Override
  public ChannelFactory<? extends DatagramChannel> datagramChannelFactory() {
    return transport.datagramChannelFactory();
  }

  @Override
  @SuppressWarnings("deprecation") // The interface asks for it.
  public DatagramChannel datagramChannel(InternetProtocolFamily family) {
    return transport.datagramChannel(family);
  }

  @Override
  public ChannelFactory<? extends Channel> channelFactory(boolean domain) {
    return transport.channelFactory(domain);
  }

  @Override
  public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domain) {
    return transport.serverChannelFactory(domain);
  }
}
