package rondo.ring.transcript;

import java.util.List;
import rondo.ring.hint.Hint;
import rondo.ring.hint.HintStore;
import rondo.ring.hint.MemoryHints;
import rondo.ring.value.NodeId;

/** A node's hints, which note in the transcript when they are added and removed. */
final class TranscriptHints implements HintStore {
  private final TranscriptStage stage;
  private final String owner;
  private final HintStore kept = new MemoryHints(100);

  TranscriptHints(TranscriptStage stage, String owner) {
    this.stage = stage;
    this.owner = owner;
  }

  @Override
  public boolean add(NodeId target, List<Hint> hints) {
    stage.note(owner, "writes down a hint for " + TranscriptWords.name(target));
    return kept.add(target, hints);
  }

  @Override
  public List<NodeId> targets() {
    return kept.targets();
  }

  @Override
  public List<Hint> oldest(NodeId target, int limit) {
    return kept.oldest(target, limit);
  }

  @Override
  public void remove(NodeId target, List<Hint> hints) {
    stage.note(owner, "forgets the hint for " + TranscriptWords.name(target));
    kept.remove(target, hints);
  }

  @Override
  public long count() {
    return kept.count();
  }
}
