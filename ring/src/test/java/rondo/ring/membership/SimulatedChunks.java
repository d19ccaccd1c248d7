package rondo.ring.membership;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rondo.ring.membership.SimulatedCluster.Broken;
import rondo.ring.membership.SimulatedCluster.SimulatedNode;
import rondo.ring.placement.Placement;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.port.Mailbox;
import rondo.ring.streaming.ChunkTransfer;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/** One node's part in the chunks of a simulated cluster; a chunk is just its id. */
final class SimulatedChunks implements ChunkTransfer {
  private static final int PAGE = 3;
  private static final long BYTES = 1000;

  private final SimulatedNode node;
  private final Broken broken;
  private final Set<String> listed = new HashSet<>();

  SimulatedChunks(SimulatedNode node, Broken broken) {
    this.node = node;
    this.broken = broken;
  }

  @Override
  public @Nullable Listing list(
      NodeId at, long epoch, BitSet partitions, @Nullable Bytes after, int limit) {
    boolean first = listed.add(epoch + " " + partitions) || after != null || at.equals(node.id);
    if (broken == Broken.ONE_LISTED && !first) {
      return new Listing(List.of(), null);
    }
    Listing page = node.call(at, there -> page(there, epoch, partitions, after));
    node.simulation().trace(node.id + " lists " + at + " in " + epoch + ": " + page);
    return page;
  }

  private static @Nullable Listing page(
      SimulatedNode there, long epoch, BitSet partitions, @Nullable Bytes after) {
    Membership membership = there.membership;
    if (membership == null || !membership.placements().chunkFence().within(epoch, () -> {})) {
      return null;
    }
    List<Bytes> ids =
        there.chunks.stream()
            .filter(id -> after == null || id.compareTo(after) > 0)
            .filter(id -> partitions.get(SimulatedCluster.RING.partitionOf(id)))
            .limit(PAGE)
            .toList();
    return new Listing(ids, ids.size() < PAGE ? null : ids.getLast());
  }

  @Override
  public long fetch(NodeId from, Bytes chunk) {
    if (node.chunks.contains(chunk)) {
      return 0;
    }
    Boolean there = node.call(from, source -> source.chunks.contains(chunk));
    if (there == null) {
      return SILENT;
    }
    if (!there) {
      return ABSENT;
    }
    node.pause();
    node.chunks.add(chunk);
    node.simulation().trace(node.id + " has copied " + chunk.utf8());
    return BYTES;
  }

  @Override
  public void drop(List<Bytes> chunks) {
    chunks.forEach(node.chunks::remove);
  }

  /**
   * Puts a chunk to all of its owners; true once it is durable on a write quorum of each set, false
   * when that isn't known.
   */
  static boolean put(SimulatedNode writer, Bytes chunk, Broken broken) {
    Membership membership = writer.membership;
    if (membership == null) {
      return false;
    }
    Placement placement = membership.placements().of(chunk);
    var nodes =
        placement.writeSets().stream()
            .flatMap(set -> set.nodes().stream())
            .collect(Collectors.toSet());
    Mailbox<NodeId> durable = writer.simulation().mailbox();
    for (NodeId owner : nodes) {
      writer
          .simulation()
          .start(
              "put",
              () -> {
                if (Objects.requireNonNullElse(
                    writer.call(owner, it -> take(it, placement.epoch(), chunk, broken)), false)) {
                  durable.put(owner);
                }
              });
    }
    var done = new ArrayList<NodeId>();
    long deadline = writer.simulation().nanos() + 6_000_000_000L;
    for (NodeId owner = durable.take(deadline); owner != null; owner = durable.take(deadline)) {
      done.add(owner);
      if (placement.writeSets().stream().allMatch(set -> isReached(set, done))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isReached(ReplicaSet set, List<NodeId> done) {
    return done.stream().filter(set.nodes()::contains).count() >= set.needed();
  }

  /**
   * Takes a chunk: its bytes come first, and take a while; then the fence decides whether they
   * stay.
   */
  private static boolean take(SimulatedNode there, long epoch, Bytes chunk, Broken broken) {
    there.pause();
    there.simulation().pause(there.simulation().random().nextInt(1_000_000_000));
    Runnable store =
        () -> {
          there.pause();
          there.chunks.add(chunk);
          there.simulation().trace(there.id + " takes " + chunk.utf8() + " of " + epoch);
        };
    Membership membership = there.membership;
    if (broken == Broken.CHUNK_FENCE) {
      store.run();
      return true;
    }
    return membership != null && membership.placements().chunkFence().pass(epoch, chunk, store);
  }
}
