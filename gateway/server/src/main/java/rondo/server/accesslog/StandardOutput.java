package rondo.server.accesslog;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Standard output, past {@code System.out}, whose lock other threads would wait for. */
final class StandardOutput implements LineSink {
  private static final int BUFFER = 64 * 1024;

  private final OutputStream out =
      new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER);

  @Override
  public void write(byte[] line) throws IOException {
    out.write(line);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() {
    // It is the process', not the log's.
  }
}
