package rondo.storage.orphan;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.PartRow;
import rondo.metadata.rows.ReferenceRow;
import rondo.metadata.rows.Segment;
import rondo.metadata.rows.UploadRow;
import rondo.metadata.table.Keys;
import rondo.metadata.table.Tables;
import rondo.metadata.table.VersionRows;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.message.Range;
import rondo.ring.message.Reply;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.quorum.Outcome;
import rondo.ring.register.Bytes;
import rondo.ring.register.Key;
import rondo.ring.register.Versioned;
import rondo.storage.disk.DiskException;
import rondo.storage.extent.ChunkId;
import rondo.storage.extent.ChunkOwner;
import rondo.storage.extent.ExtentStore;
import rondo.storage.extent.ListedChunk;
import rondo.storage.orphan.Evidence.Naming;
import rondo.storage.orphan.Evidence.Sharer;

/**
 * Goes slowly through the chunks of this node and drops those that no row names any more. Rows are
 * read in the order in which a blob moves from one to the next (a part, its upload, the object, the
 * references, their objects), so that it can't slip by.
 */
public final class OrphanWalk {
  private static final int PAGE = 100;

  private static final int VERSIONS = 1000;

  /** A blob shared by more has surely an owner. */
  private static final int SHARERS = 1000;

  private final ExtentStore store;
  private final OwnerRows rows;
  private final Time time;
  private final OrphanSettings settings;

  OrphanWalk(ExtentStore store, OwnerRows rows, Time time, OrphanSettings settings) {
    this.store = store;
    this.rows = rows;
    this.time = time;
    this.settings = settings;
  }

  /**
   * How a walk went.
   *
   * @param seen chunks
   * @param dropped those that were orphans
   */
  record Walked(long seen, long dropped, Ended ended) {}

  /** Starts to walk again and again in the background; what it returns stops that. */
  public static Runnable start(
      ExtentStore store, Coordinator coordinator, Tasks tasks, Time time, OrphanSettings settings) {
    Mailbox<Boolean> stop = tasks.mailbox();
    var walk = new OrphanWalk(store, OwnerRows.of(coordinator, time), time, settings);
    tasks.start("orphans", () -> walk.run(stop));
    return () -> stop.put(true);
  }

  /** Walks again and again until something is put into {@code stop}. */
  void run(Mailbox<Boolean> stop) {
    Ended ended = Ended.AT_THE_END;
    while (ended != Ended.STOPPED) {
      try {
        ended = walk(stop).ended();
      } catch (DiskException e) {
        // A disk that can't be read: the store says so itself, and the next walk tries again.
        ended = Ended.AT_THE_END;
      }
      if (ended != Ended.STOPPED && stop.take(time.nanos() + settings.rest().toNanos()) != null) {
        ended = Ended.STOPPED;
      }
    }
  }

  /** Why a walk ended. */
  enum Ended {
    AT_THE_END,
    STOPPED
  }

  /** One walk over all chunks, ended early by {@code stop}. */
  Walked walk(Mailbox<Boolean> stop) {
    long seen = 0;
    long dropped = 0;
    ListedChunk last = null;
    boolean orphan = false;
    List<ListedChunk> page = store.list(null, PAGE);
    while (!page.isEmpty()) {
      for (ListedChunk chunk : page) {
        seen++;
        if (last == null || !isSame(last, chunk)) {
          if (stop.take(time.nanos() + settings.pause().toNanos()) != null) {
            return new Walked(seen, dropped, Ended.STOPPED);
          }
          orphan = isOrphan(chunk);
        }
        last = chunk;
        dropped += orphan && drop(chunk.id()) ? 1 : 0;
      }
      page = store.list(page.getLast().id(), PAGE);
    }
    return new Walked(seen, dropped, Ended.AT_THE_END);
  }

  /** The chunks of a blob stand side by side; each was written before its row could be. */
  private static boolean isSame(ListedChunk one, ListedChunk other) {
    return one.id().blob().equals(other.id().blob())
        && one.owner().equals(other.owner())
        && one.ageMicros() <= other.ageMicros();
  }

  private boolean drop(ChunkId id) {
    try {
      return store.drop(id);
    } catch (DiskException e) {
      // The disk says so itself; the next walk tries again.
      return false;
    }
  }

  private boolean isOrphan(ListedChunk chunk) {
    long grace = settings.grace().toNanos() / 1000;
    var owner = ChunkOwner.decode(chunk.owner());
    if (owner == null || chunk.ageMicros() < grace) {
      return false;
    }
    Bytes blob = chunk.id().blob();
    Naming named = owner(owner, blob);
    return named == Naming.NAMES_NOT && evidence(chunk, named, blob).isOrphan(grace);
  }

  private Naming owner(ChunkOwner owner, Bytes blob) {
    Naming named = Naming.NAMES_NOT;
    if (owner.isPart()) {
      named =
          names(
                  Keys.part(owner.shard(), owner.upload(), owner.part()),
                  value -> PartRow.parseFrom(value).getSegmentsList(),
                  blob)
              .or(
                  names(
                      Keys.upload(owner.shard(), owner.key(), owner.upload()),
                      value -> pending(UploadRow.parseFrom(value)),
                      blob));
    }
    return named.or(object(owner.shard(), owner.key(), blob));
  }

  /** What an upload is about to make an object of; once it has, the object speaks for itself. */
  private static List<Segment> pending(UploadRow upload) {
    return upload.getPhase() == UploadRow.Phase.COMPLETED
        ? List.of()
        : upload.getResult().getSegmentsList();
  }

  /** The key's current version and, read later, all of its versions. */
  private Naming object(Bytes shard, Bytes key, Bytes blob) {
    Naming current =
        names(Keys.object(shard, key), value -> ObjectRow.parseFrom(value).getSegmentsList(), blob);
    return current == Naming.NAMES_NOT ? version(shard, key, blob) : current;
  }

  private Naming version(Bytes shard, Bytes key, Bytes blob) {
    Bytes from = VersionRows.first(key);
    while (true) {
      var range = new Range(Tables.VERSIONS, shard, VersionRows.first(key), from, null, VERSIONS);
      if (!(rows.scan(range) instanceof Outcome.Reached<Reply.Page>(var page))) {
        return Naming.UNKNOWN;
      }
      for (Reply.Entry entry : page.entries()) {
        Naming named =
            names(entry.value(), value -> ObjectRow.parseFrom(value).getSegmentsList(), blob);
        if (named != Naming.NAMES_NOT) {
          return named;
        }
      }
      if (!page.more() || page.entries().isEmpty()) {
        return Naming.NAMES_NOT;
      }
      from = Bytes.concat(page.entries().getLast().sort(), Bytes.wrap(new byte[1]));
    }
  }

  private Evidence evidence(ListedChunk chunk, Naming owner, Bytes blob) {
    var all = new Range(Tables.REFERENCES, blob, Bytes.EMPTY, Bytes.EMPTY, null, SHARERS);
    var sharers = new ArrayList<Sharer>();
    if (!(rows.scan(all) instanceof Outcome.Reached<Reply.Page>(var page))) {
      return new Evidence(chunk.ageMicros(), owner, List.of(), false);
    }
    for (Reply.Entry entry : page.entries()) {
      sharers.add(sharer(entry, blob));
    }
    return new Evidence(chunk.ageMicros(), owner, sharers, !page.more());
  }

  private Sharer sharer(Reply.Entry entry, Bytes blob) {
    long age = time.wallMicros() - entry.stamp().time();
    Bytes value = entry.value();
    if (value == null) {
      return new Sharer(age, Naming.UNKNOWN);
    }
    try {
      var reference = ReferenceRow.parseFrom(value.array());
      Bytes shard = Bytes.wrap(reference.getShard().toByteArray());
      return new Sharer(age, object(shard, Bytes.wrap(reference.getKey().toByteArray()), blob));
    } catch (InvalidProtocolBufferException e) {
      return new Sharer(age, Naming.UNKNOWN);
    }
  }

  /** Reads the segments that a row's value names. */
  @FunctionalInterface
  private interface Parser {
    List<Segment> parse(byte[] value) throws InvalidProtocolBufferException;
  }

  private Naming names(Key key, Parser parser, Bytes blob) {
    return rows.read(key) instanceof Outcome.Reached<Versioned>(var state)
        ? names(state.value(), parser, blob)
        : Naming.UNKNOWN;
  }

  private static Naming names(@Nullable Bytes value, Parser parser, Bytes blob) {
    if (value == null) {
      return Naming.NAMES_NOT;
    }
    try {
      var id = ByteString.copyFrom(blob.array());
      return parser.parse(value.array()).stream().anyMatch(segment -> segment.getBlob().equals(id))
          ? Naming.NAMES
          : Naming.NAMES_NOT;
    } catch (InvalidProtocolBufferException e) {
      return Naming.UNKNOWN;
    }
  }
}
