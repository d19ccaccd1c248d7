package rondo.storage.orphan;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.listing.PageCursor;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.PartRow;
import rondo.metadata.rows.ReferenceRow;
import rondo.metadata.rows.Segment;
import rondo.metadata.rows.UploadRow;
import rondo.metadata.shard.KeyHome;
import rondo.metadata.table.Keys;
import rondo.metadata.table.Tables;
import rondo.metadata.table.VersionRows;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.port.Time;
import rondo.ring.quorum.Outcome;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.VersionedValue;
import rondo.storage.chunk.ChunkOwner;
import rondo.storage.orphan.OrphanEvidence.Sharer;

/**
 * Finds out whether any row names a blob. It reads rows in the order in which a blob is handed on
 * from one to the next (a part, its upload, the object, the references, their objects), so that a
 * blob can't slip by. Rows that have moved are read in their new shard; rows that are being moved
 * are refused, so that the answer is unknown; rows of removed buckets name nothing. Thread-safe;
 * blocks.
 */
public final class BlobNames {
  private static final int VERSIONS = 1000;

  /** A blob with more references than this surely has an owner. */
  private static final int SHARERS = 1000;

  private final OwnerRows rows;
  private final Time time;

  public BlobNames(OwnerRows rows, Time time) {
    this.rows = rows;
    this.time = time;
  }

  /**
   * Whether any row names the blob.
   *
   * @param owner the owner bytes in the header of one of its chunks
   */
  public BlobReference of(Bytes owner, Bytes blob) {
    var decoded = ChunkOwner.decode(owner);
    if (decoded == null) {
      return BlobReference.UNKNOWN;
    }
    BlobReference named = byOwner(decoded, blob);
    if (named == BlobReference.NAMES) {
      return named;
    }
    OrphanEvidence evidence = evidence(0, named, blob);
    return evidence.sharers().stream()
        .map(Sharer::row)
        .reduce(evidence.allSharers() ? named : BlobReference.UNKNOWN, BlobReference::or);
  }

  /** Whether the row that the blob was written for, or one that took it over, names it. */
  BlobReference byOwner(ChunkOwner owner, Bytes blob) {
    return switch (rows.home(owner.shard(), owner.key())) {
      case KeyHome.In(Bytes shard) -> byOwner(owner, shard, blob);
      case KeyHome.Nowhere() -> BlobReference.NAMES_NOT;
      case KeyHome.Unknown() -> BlobReference.UNKNOWN;
    };
  }

  private BlobReference byOwner(ChunkOwner owner, Bytes shard, Bytes blob) {
    BlobReference named = BlobReference.NAMES_NOT;
    if (owner.isPart()) {
      named =
          names(
                  Keys.part(shard, owner.key(), owner.upload(), owner.part()),
                  value -> PartRow.parseFrom(value).getSegmentsList(),
                  blob)
              .or(
                  names(
                      Keys.upload(shard, owner.key(), owner.upload()),
                      value -> pending(UploadRow.parseFrom(value)),
                      blob));
    }
    return named.or(object(shard, owner.key(), blob));
  }

  /**
   * Returns the segments that an upload is about to make an object of; none once it is completed,
   * since the object's row then has them.
   */
  private static List<Segment> pending(UploadRow upload) {
    return upload.getPhase() == UploadRow.Phase.COMPLETED
        ? List.of()
        : upload.getResult().getSegmentsList();
  }

  /** Reads the key's current version first, and then all of its versions. */
  private BlobReference object(Bytes shard, Bytes key, Bytes blob) {
    BlobReference current =
        names(Keys.object(shard, key), value -> ObjectRow.parseFrom(value).getSegmentsList(), blob);
    return current == BlobReference.NAMES_NOT ? version(shard, key, blob) : current;
  }

  private BlobReference version(Bytes shard, Bytes key, Bytes blob) {
    Bytes from = VersionRows.first(key);
    while (from != null) {
      var range =
          new ScanRange(Tables.VERSIONS, shard, VersionRows.first(key), from, null, VERSIONS);
      if (!(rows.scan(range) instanceof Outcome.Reached<Reply.Page>(var page))) {
        return BlobReference.UNKNOWN;
      }
      for (Reply.Entry entry : page.entries()) {
        BlobReference named =
            names(entry.value(), value -> ObjectRow.parseFrom(value).getSegmentsList(), blob);
        if (named != BlobReference.NAMES_NOT) {
          return named;
        }
      }
      from = PageCursor.behind(page);
    }
    return BlobReference.NAMES_NOT;
  }

  /**
   * Collects the evidence on a blob.
   *
   * @param owner whether its owner's row names it
   */
  OrphanEvidence evidence(long ageMicros, BlobReference owner, Bytes blob) {
    var all = new ScanRange(Tables.REFERENCES, blob, Bytes.EMPTY, Bytes.EMPTY, null, SHARERS);
    var sharers = new ArrayList<Sharer>();
    if (!(rows.scan(all) instanceof Outcome.Reached<Reply.Page>(var page))) {
      return new OrphanEvidence(ageMicros, owner, List.of(), false);
    }
    for (Reply.Entry entry : page.entries()) {
      sharers.add(sharer(entry, blob));
    }
    return new OrphanEvidence(ageMicros, owner, sharers, !page.more());
  }

  private Sharer sharer(Reply.Entry entry, Bytes blob) {
    long age = time.wallMicros() - entry.stamp().time();
    Bytes value = entry.value();
    if (value == null) {
      return new Sharer(age, BlobReference.UNKNOWN);
    }
    try {
      var reference = ReferenceRow.parseFrom(value.array());
      Bytes key = Bytes.wrap(reference.getKey().toByteArray());
      BlobReference naming =
          switch (rows.home(Bytes.wrap(reference.getShard().toByteArray()), key)) {
            case KeyHome.In(Bytes shard) -> object(shard, key, blob);
            case KeyHome.Nowhere() -> BlobReference.NAMES_NOT;
            case KeyHome.Unknown() -> BlobReference.UNKNOWN;
          };
      return new Sharer(age, naming);
    } catch (InvalidProtocolBufferException e) {
      return new Sharer(age, BlobReference.UNKNOWN);
    }
  }

  /** Reads the segments that a row's value names. */
  @FunctionalInterface
  private interface Parser {
    List<Segment> parse(byte[] value) throws InvalidProtocolBufferException;
  }

  private BlobReference names(Key key, Parser parser, Bytes blob) {
    return rows.read(key) instanceof Outcome.Reached<VersionedValue>(var state)
        ? names(state.value(), parser, blob)
        : BlobReference.UNKNOWN;
  }

  private static BlobReference names(@Nullable Bytes value, Parser parser, Bytes blob) {
    if (value == null) {
      return BlobReference.NAMES_NOT;
    }
    try {
      var id = ByteString.copyFrom(blob.array());
      return parser.parse(value.array()).stream().anyMatch(segment -> segment.getBlob().equals(id))
          ? BlobReference.NAMES
          : BlobReference.NAMES_NOT;
    } catch (InvalidProtocolBufferException e) {
      return BlobReference.UNKNOWN;
    }
  }
}
