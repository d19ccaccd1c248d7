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
 * Who names a blob. Rows are read in the order in which a blob moves from one to the next (a part,
 * its upload, the object, the references, their objects), so that it can't slip by. Where they have
 * moved into another shard they are looked for there, and where they are just moving they are
 * refused, so that nothing is known of them; those of buckets that are gone name nothing.
 * Thread-safe; blocks.
 */
public final class BlobNames {
  private static final int VERSIONS = 1000;

  /** A blob shared by more has surely an owner. */
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
   * @param owner as the header of one of its chunks has it
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

  /** Whether the row that it was written for, or one that took the blob over, names it. */
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

  /** What an upload is about to make an object of; once it has, the object speaks for itself. */
  private static List<Segment> pending(UploadRow upload) {
    return upload.getPhase() == UploadRow.Phase.COMPLETED
        ? List.of()
        : upload.getResult().getSegmentsList();
  }

  /** The key's current version and, read later, all of its versions. */
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

  /** Everything that is known about a blob of which {@code owner} is known already. */
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
