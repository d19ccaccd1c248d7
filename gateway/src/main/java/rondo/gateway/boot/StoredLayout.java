package rondo.gateway.boot;

import org.jspecify.annotations.Nullable;
import rondo.ring.membership.LayoutStore;
import rondo.ring.register.Bytes;
import rondo.storage.disk.DurableValue;

/** The node's layout, in a file of its own. Thread-safe. */
record StoredLayout(DurableValue value) implements LayoutStore {
  @Override
  public @Nullable Bytes load() {
    return value.read().orElse(null);
  }

  @Override
  public void save(Bytes layout) {
    value.write(layout);
  }
}
