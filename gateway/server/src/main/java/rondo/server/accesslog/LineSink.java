package rondo.server.accesslog;

import java.io.IOException;

/** Where lines go. Used by one thread; may block for as long as a disk or a reader does. */
interface LineSink {
  void write(byte[] line) throws IOException;

  /** Gives what was written to the operating system. */
  void flush() throws IOException;

  /** Closes it after a failure or at the end; the next line opens it anew. */
  void close();
}
