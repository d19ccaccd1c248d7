package rondo.server.storage;

import org.jspecify.annotations.Nullable;
import rondo.ring.gossip.LayoutStore;
import rondo.ring.value.Bytes;
import rondo.storage.folder.DurableValue;

/** Keeps the node's layout in a file of its own. Thread-safe. */
public record StoredLayout(DurableValue value) implements LayoutStore {
  @Override
  public @Nullable Bytes load() {
    return value.read().orElse(null);
  }

  @Override
  public void save(Bytes layout) {
    value.write(layout);
  }
}
