package rondo.store.transport;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.function.Consumer;

/**
 * Reads exactly the frame of a greeting, or of a refusal in its place, and then pauses the socket
 * for the handler of the bytes behind it. Used on the socket's event loop.
 */
final class GreetingReader {
  private final NetSocket socket;
  private final Consumer<Greeting> greeted;
  private final Consumer<ConnectionRefusal> refused;
  private Buffer read = Buffer.buffer();

  private GreetingReader(
      NetSocket socket, Consumer<Greeting> greeted, Consumer<ConnectionRefusal> refused) {
    this.socket = socket;
    this.greeted = greeted;
    this.refused = refused;
  }

  static void read(
      NetSocket socket, Consumer<Greeting> greeted, Consumer<ConnectionRefusal> refused) {
    var reader = new GreetingReader(socket, greeted, refused);
    socket.exceptionHandler(failed -> reader.malformed(String.valueOf(failed.getMessage())));
    socket.handler(reader::piece);
  }

  private void piece(Buffer piece) {
    read = read.appendBuffer(piece);
    if (read.length() < Integer.BYTES) {
      return;
    }
    int length = read.getInt(0);
    if (length <= 0 || length > Greeting.LONGEST) {
      malformed("a greeting of " + length + " bytes");
      return;
    }
    int end = Integer.BYTES + length;
    if (read.length() > end) {
      // A node sends nothing more before it has been greeted too.
      malformed("something behind the greeting");
    } else if (read.length() == end) {
      socket.pause();
      end(read.getBuffer(Integer.BYTES, end));
    }
  }

  private void end(Buffer frame) {
    if (ConnectionRefusal.is(frame)) {
      refused.accept(ConnectionRefusal.decode(frame));
      return;
    }
    try {
      greeted.accept(Greeting.decode(frame));
    } catch (IllegalArgumentException e) {
      malformed(String.valueOf(e.getMessage()));
    }
  }

  private void malformed(String why) {
    refused.accept(ConnectionRefusal.of(why));
  }
}
