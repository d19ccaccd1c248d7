package rondo.store.chunk;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.repair.SharedPartitions;
import rondo.ring.streaming.Throttle;
import rondo.ring.value.NodeId;
import rondo.storage.chunk.ChunkId;
import rondo.storage.chunk.StorageDamage;
import rondo.storage.extent.ExtentStore;
import rondo.storage.orphan.BlobNames;

/**
 * Finds the chunks that this node should hold and lacks, and fetches them, those with the fewest
 * other copies first. A chunk is missing when a peer that holds its partition has it and a row
 * names its blob. A chunk that no row names is not fetched, so that no released blob comes back;
 * the peers' orphan walks drop it. One chunk is under way at a time, so that clients keep most of
 * the machine. Thread-safe.
 */
public final class ChunkRepair {
  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** The rest while chunks are known to be missing, or a peer can't be asked. */
  private static final long SHORT_REST_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final long PAGE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** The most missing chunks that one scan remembers; the next scan finds the others. */
  private static final int MOST_MISSING = 100_000;

  /** The most chunks that readers missed and that wait to be fetched. */
  private static final int MOST_WANTED = 1000;

  private final NodeId self;
  private final Supplier<@Nullable Layout> layouts;
  private final ChunkNodes nodes;
  private final ExtentStore store;
  private final ChunkCopier copier;
  private final Tasks tasks;
  private final Time time;
  private final Mailbox<Boolean> news;
  private final Map<ChunkId, Boolean> wanted = new ConcurrentHashMap<>();
  private volatile ChunkStatus status = ChunkStatus.UNKNOWN;
  private volatile List<MissingChunk> missing = List.of();
  private volatile boolean stopped;
  private final AtomicInteger doubts = new AtomicInteger();

  /** The number of doubts that there were when the last scan began. */
  private volatile int trusted;

  private long lackingSince;

  /**
   * @param layouts the newest layout installed here; null before the first
   * @param throttle what is fetched
   */
  public ChunkRepair(
      NodeId self,
      Supplier<@Nullable Layout> layouts,
      ChunkNodes nodes,
      ExtentStore store,
      BlobNames names,
      Throttle throttle,
      Tasks tasks,
      Time time) {
    this.self = self;
    this.layouts = layouts;
    this.nodes = nodes;
    this.store = store;
    this.copier = new ChunkCopier(nodes, store, names, throttle, time);
    this.tasks = tasks;
    this.time = time;
    this.news = tasks.mailbox();
    nodes.onLack(this::want);
    store.onDamage(this::mend);
  }

  /** Scans again and again, until {@link #stop}. */
  public void run() {
    while (!stopped) {
      Layout layout = layouts.get();
      if (layout != null) {
        scan(layout);
      }
      long rest = status.whole() ? REST_NANOS : SHORT_REST_NANOS;
      news.take(time.nanos() + rest);
      fetchWanted();
    }
  }

  public void stop() {
    stopped = true;
    news.put(true);
  }

  public ChunkStatus status() {
    ChunkStatus now = status;
    return trusted == doubts.get() ? now : now.doubted();
  }

  /**
   * Notes that this node stood still and may have missed chunks: it isn't whole before a scan that
   * begins now has ended.
   */
  public void distrust() {
    doubts.incrementAndGet();
    news.put(true);
  }

  /** The chunks that the last scan found and couldn't fetch, fewest other copies first. */
  public List<MissingChunk> missing() {
    return missing;
  }

  private void mend(StorageDamage damage) {
    var chunk = damage.chunk();
    if (chunk != null) {
      want(chunk);
    }
  }

  /** Queues a chunk that a reader asked this node for and that isn't whole here. */
  private void want(ChunkId id) {
    if (wanted.size() < MOST_WANTED && wanted.put(id, true) == null) {
      news.put(true);
    }
  }

  void fetchWanted() {
    Layout layout = layouts.get();
    for (ChunkId id : List.copyOf(wanted.keySet())) {
      if (layout != null && !stopped) {
        int partition = layout.ring().partitionOf(id.bytes());
        List<NodeId> holders = new ArrayList<>(ChunkNodes.holders(layout.placement(partition)));
        if (holders.remove(self)) {
          copier.copy(id, holders);
        }
      }
      wanted.remove(id);
    }
  }

  /** Scans all peers once. */
  void scan(Layout layout) {
    int doubted = doubts.get();
    Map<ChunkId, List<NodeId>> found = new TreeMap<>();
    long unreachable = 0;
    for (var peer : SharedPartitions.of(layout, self).entrySet()) {
      boolean listed = list(layout, peer.getKey(), peer.getValue(), found);
      unreachable += listed ? 0 : peer.getValue().cardinality();
    }
    missing = fetch(found, unreachable);
    long lacking = missing.size();
    long now = time.nanos();
    lackingSince = lacking + unreachable == 0 ? now : lackingSince == 0 ? now : lackingSince;
    boolean whole = lacking + unreachable == 0 && !layout.joint() && !stopped;
    status =
        new ChunkStatus(
            whole, lacking, unreachable, now - lackingSince, copier.chunks(), copier.bytes());
    lackingSince = whole ? 0 : lackingSince;
    trusted = doubted;
  }

  /** Notes the chunks that the peer has and this node lacks; false when the peer can't be asked. */
  private boolean list(
      Layout layout, NodeId peer, BitSet partitions, Map<ChunkId, List<NodeId>> missing) {
    ChunkId after = null;
    do {
      ChunkStore.Names page;
      try {
        page = nodes.of(peer).names(layout.ring(), partitions, after, layout.epoch());
      } catch (ChunkException e) {
        return false;
      }
      for (ChunkId id : page.ids()) {
        if (!store.contains(id) && (missing.size() < MOST_MISSING || missing.containsKey(id))) {
          missing.computeIfAbsent(id, _ -> new ArrayList<>()).add(peer);
        }
      }
      after = page.next();
      tasks.mailbox().take(time.nanos() + PAGE_NANOS);
    } while (after != null && !stopped);
    return true;
  }

  /**
   * Fetches the chunks, fewest other copies first.
   *
   * @return the chunks that rows name, or may name, and that are still missing here
   */
  private List<MissingChunk> fetch(Map<ChunkId, List<NodeId>> found, long unreachable) {
    var lacking = new ArrayList<MissingChunk>();
    List<MissingChunk> order =
        found.entrySet().stream()
            .map(chunk -> new MissingChunk(chunk.getKey(), List.copyOf(chunk.getValue())))
            .sorted(Comparator.comparingInt(chunk -> chunk.holders().size()))
            .toList();
    for (int i = 0; i < order.size() && !stopped; i++) {
      MissingChunk chunk = order.get(i);
      if (!copier.copy(chunk.chunk(), chunk.holders())) {
        lacking.add(chunk);
      }
      if (i % 50 == 0) {
        status =
            new ChunkStatus(
                false,
                lacking.size() + order.size() - i - 1,
                unreachable,
                status.oldestNanos(),
                copier.chunks(),
                copier.bytes());
      }
    }
    return lacking;
  }
}
