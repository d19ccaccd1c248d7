package rondo.ring.hint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import rondo.ring.value.NodeId;

/** Hints that survive crashes. */
public final class MemoryHints implements HintStore {
  private final int most;
  private final Map<NodeId, List<Hint>> hints = new TreeMap<>();

  public MemoryHints(int most) {
    this.most = most;
  }

  @Override
  public boolean add(NodeId target, List<Hint> more) {
    return count() + more.size() <= most
        && hints.computeIfAbsent(target, _ -> new ArrayList<>()).addAll(more);
  }

  @Override
  public List<NodeId> targets() {
    return List.copyOf(hints.keySet());
  }

  @Override
  public List<Hint> oldest(NodeId target, int limit) {
    return hints.getOrDefault(target, List.of()).stream().limit(limit).toList();
  }

  @Override
  public void remove(NodeId target, List<Hint> gone) {
    hints.getOrDefault(target, new ArrayList<>()).removeAll(gone);
  }

  @Override
  public long count() {
    return hints.values().stream().mapToLong(List::size).sum();
  }
}
