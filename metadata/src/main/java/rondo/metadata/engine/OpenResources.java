package rondo.metadata.engine;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What has been opened so far, and is closed again when the rest can't be. For one thread. */
public final class OpenResources implements Closeable {
  private final List<Closeable> opened = new ArrayList<>();

  public <T extends Closeable> T add(T one) {
    opened.add(one);
    return one;
  }

  /** It is all open, and stays so. */
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
