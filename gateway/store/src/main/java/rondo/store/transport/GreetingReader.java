package rondo.store.transport;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.function.Consumer;

/**
 * Reads exactly the frame of a greeting from a socket, and then pauses the socket for the handler
 * of the bytes behind it. Used on the socket's event loop.
 */
final class GreetingReader {
  private final NetSocket socket;
  private final Consumer<Greeting> greeted;
  private final Consumer<String> malformed;
  private Buffer read = Buffer.buffer();

  private GreetingReader(NetSocket socket, Consumer<Greeting> greeted, Consumer<String> malformed) {
    this.socket = socket;
    this.greeted = greeted;
    this.malformed = malformed;
  }

  static void read(NetSocket socket, Consumer<Greeting> greeted, Consumer<String> malformed) {
    var reader = new GreetingReader(socket, greeted, malformed);
    socket.exceptionHandler(failed -> malformed.accept(String.valueOf(failed.getMessage())));
    socket.handler(reader::piece);
  }

  private void piece(Buffer piece) {
    read = read.appendBuffer(piece);
    if (read.length() < Integer.BYTES) {
      return;
    }
    int length = read.getInt(0);
    if (length <= 0 || length > Greeting.LONGEST) {
      malformed.accept("a greeting of " + length + " bytes");
      return;
    }
    int end = Integer.BYTES + length;
    if (read.length() > end) {
      // A node sends nothing more before it has been greeted too.
      malformed.accept("something behind the greeting");
    } else if (read.length() == end) {
      socket.pause();
      try {
        greeted.accept(Greeting.decode(read.getBuffer(Integer.BYTES, end)));
      } catch (IllegalArgumentException e) {
        malformed.accept(String.valueOf(e.getMessage()));
      }
    }
  }
}
