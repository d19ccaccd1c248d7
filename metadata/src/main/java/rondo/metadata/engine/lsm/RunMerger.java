package rondo.metadata.engine.lsm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.EngineCounters;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.EngineOptions;
import rondo.metadata.engine.FreeSpace;
import rondo.metadata.engine.MergedSource;
import rondo.metadata.engine.SlotSource;
import rondo.metadata.engine.checkpoint.Checkpoint;
import rondo.metadata.engine.checkpoint.CheckpointRun;
import rondo.ring.value.Bytes;

/**
 * Merges runs. The oldest run of a merge is rewritten in pieces of a few checkpoints each. As soon
 * as a piece is merged, the result takes the piece's place in the oldest run; the newer runs, whose
 * rows are then there twice, are dropped after the last piece. So a large merge needs little room
 * on the disk, can stop anywhere, and lets smaller merges of newer runs go first between its
 * pieces: the number of runs stays bounded however large the oldest one is. For one thread.
 */
final class RunMerger {
  /**
   * Checkpoints in a piece: enough that the short checkpoint at a piece's end is a small share of
   * it.
   */
  private static final int PIECE = 8;

  private final Layers layers;
  private final FreeSpace space;
  private final EngineOptions options;
  private final EngineCounters counters;
  private final CheckpointOutput output;

  RunMerger(
      Layers layers,
      FreeSpace space,
      EngineOptions options,
      EngineCounters counters,
      CheckpointOutput output) {
    this.layers = layers;
    this.space = space;
    this.options = options;
    this.counters = counters;
    this.output = output;
  }

  /**
   * Merges as many of {@code runs} as {@link MergeChoice} says, from the newest on.
   *
   * @param runs newest first
   * @param all whether there are no older ones
   * @throws EngineException when one of them can't be read
   */
  void merge(List<CheckpointRun> runs, boolean all) throws IOException {
    List<CheckpointRun> chosen = MergeChoice.of(runs);
    if (chosen.size() < 2) {
      return;
    }
    List<CheckpointRun> newer = chosen.subList(0, chosen.size() - 1);
    List<Checkpoint> inputs = newer.stream().flatMap(run -> run.checkpoints().stream()).toList();
    // Held, so that no checkpoint is closed before it is known whether its files go too.
    inputs.forEach(Checkpoint::hold);
    boolean merged = false;
    try {
      pieces(newer, chosen.getLast(), all && chosen.size() == runs.size());
      inputs.forEach(Checkpoint::replace);
      merged = true;
    } finally {
      inputs.forEach(Checkpoint::release);
    }
    if (merged) {
      counters.merges().increment();
    }
  }

  private void pieces(List<CheckpointRun> newer, CheckpointRun oldest, boolean purge)
      throws IOException {
    List<CheckpointRun> pieces = oldest.groups(PIECE);
    var done = new ArrayList<Checkpoint>();
    CheckpointRun now = oldest;
    for (int i = 0; i < pieces.size(); i++) {
      Bytes from = i == 0 ? Bytes.EMPTY : first(pieces.get(i));
      Bytes to = i + 1 < pieces.size() ? first(pieces.get(i + 1)) : null;
      var rest = new ArrayList<Checkpoint>();
      pieces.subList(i + 1, pieces.size()).forEach(piece -> rest.addAll(piece.checkpoints()));
      now = piece(newer, now, pieces.get(i), new Place(from, to, done, rest, purge));
      if (to != null) {
        mergeNewer(newer.getFirst());
      }
    }
  }

  /**
   * The place of a piece in its run.
   *
   * @param from the piece's first key
   * @param to the next piece's first key; null at the end
   * @param done the checkpoints that the pieces before it were merged into; the merge adds this
   *     piece's
   * @param rest the checkpoints behind the piece
   * @param purge whether there are no older runs, so that removals hide nothing
   */
  private record Place(
      Bytes from,
      @Nullable Bytes to,
      List<Checkpoint> done,
      List<Checkpoint> rest,
      boolean purge) {}

  /**
   * Merges the runs that have arrived since the merge in progress began, if they are many, so that
   * they don't wait for its end.
   */
  private void mergeNewer(CheckpointRun than) throws IOException {
    LayerView view = layers.view();
    List<CheckpointRun> newer = view.runs().subList(0, view.runs().indexOf(than));
    if (newer.size() > options.runs()) {
      merge(newer, false);
    }
  }

  private static Bytes first(CheckpointRun piece) {
    return piece.checkpoints().getFirst().sum().first();
  }

  /**
   * Merges one piece of {@code now}, and returns the run that then has the place of {@code now}.
   */
  private CheckpointRun piece(
      List<CheckpointRun> newer, CheckpointRun now, CheckpointRun piece, Place place)
      throws IOException {
    List<Checkpoint> before = piece.checkpoints();
    before.forEach(Checkpoint::hold);
    List<Checkpoint> after = List.of();
    try {
      after = merged(newer, piece, place);
      place.done().addAll(after);
      var all = new ArrayList<>(place.done());
      all.addAll(place.rest());
      var next = new CheckpointRun(all);
      layers.merged(now, all.isEmpty() ? null : next, place.to() == null ? newer : List.of());
      var gone = new ArrayList<>(before);
      gone.removeAll(after);
      gone.forEach(Checkpoint::replace);
      return next;
    } finally {
      before.forEach(Checkpoint::release);
      after.forEach(Checkpoint::release);
    }
  }

  /** Returns the checkpoints that a piece is merged into; the caller holds each. */
  private List<Checkpoint> merged(List<CheckpointRun> newer, CheckpointRun piece, Place place)
      throws IOException {
    var sources = new ArrayList<SlotSource>();
    newer.forEach(run -> sources.add(run.source(place.from(), place.to())));
    boolean touched = sources.stream().anyMatch(source -> source.key() != null);
    if (!touched && !(place.purge() && hasRemoved(piece))) {
      piece.checkpoints().forEach(Checkpoint::hold);
      return piece.checkpoints();
    }
    if (!space.hasRoomFor(piece.bytes())) {
      throw new IOException("no room to merge " + piece.bytes() + " bytes");
    }
    sources.add(piece.source(place.from(), place.to()));
    List<Checkpoint> written = output.write(new MergedSource(sources), place.purge());
    written.forEach(checkpoint -> counters.mergedBytes().add(checkpoint.bytes()));
    return written;
  }

  private static boolean hasRemoved(CheckpointRun piece) {
    return piece.checkpoints().stream().anyMatch(one -> one.sum().removed() > 0);
  }
}
