package rondo.metadata.engine;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Closes the files that were opened so far when the next one can't be opened. For one thread. */
public final class OpenResources implements Closeable {
  private final List<Closeable> opened = new ArrayList<>();

  /** Adds an open resource, and returns it. */
  public <T extends Closeable> T add(T one) {
    opened.add(one);
    return one;
  }

  /** Keeps everything open: {@link #close} will do nothing. */
  public void done() {
    opened.clear();
  }

  @Override
  public void close() throws IOException {
    for (Closeable one : opened.reversed()) {
      one.close();
    }
  }
}
