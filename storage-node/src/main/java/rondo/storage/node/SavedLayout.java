package rondo.storage.node;

import org.jspecify.annotations.Nullable;
import rondo.ring.membership.LayoutStore;
import rondo.ring.register.Bytes;
import rondo.storage.disk.DurableValue;

/** A node's layout in a file of its data folder. Thread-safe. */
public final class SavedLayout implements LayoutStore {
  private final DurableValue value;

  public SavedLayout(DurableValue value) {
    this.value = value;
  }

  @Override
  public @Nullable Bytes load() {
    return value.read().orElse(null);
  }

  @Override
  public void save(Bytes layout) {
    value.write(layout);
  }
}
