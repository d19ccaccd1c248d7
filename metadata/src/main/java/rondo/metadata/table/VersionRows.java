package rondo.metadata.table;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.VersionChange;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;
import rondo.ring.version.DottedVersionVector;

/**
 * The rows of a key that has versions. Its row in {@link Tables#OBJECTS}, the <em>head</em>, is one
 * register: it holds the current version, and every write to the key, also to an older version, is
 * a write to it. Each version has a row in {@link Tables#VERSIONS} too, which replicas derive from
 * the heads that they are told, in the same moment ({@link #beside}). So the versions of a key
 * change in the one order of its head, concurrent writes to it both stay, and no row grows with
 * their number. A head that was made of a version's row, since newer ones were removed, is
 * <em>promoted</em> and leaves that row as it is: its removal may be on its way. Pure.
 *
 * <pre>
 *   sort     = key 0 place
 *   place    = 0 zero:20                  the null version, whenever it was written
 *            | 1 inverted(position)       any other: newest first
 *   position = time:8 node:8 rmw:4        the stamp of the write that made the version
 * </pre>
 */
public final class VersionRows {
  private static final int POSITION_BYTES = 20;

  /** What a sort key has behind the object's key. */
  public static final int SUFFIX_BYTES = 2 + POSITION_BYTES;

  private static final byte NULL = 0;
  private static final byte NUMBERED = 1;
  private static final int DELETE_MARKER = ObjectRow.DELETE_MARKER_FIELD_NUMBER;
  private static final int DOTTED = ObjectRow.DOTTED_FIELD_NUMBER;
  private static final int GONE = ObjectRow.GONE_FIELD_NUMBER;

  private VersionRows() {}

  /** The row of the version that was written at that stamp. */
  public static Key numbered(Bytes shard, Bytes key, Stamp position) {
    byte[] suffix = new byte[SUFFIX_BYTES];
    suffix[1] = NUMBERED;
    byte[] bytes = position(position).toByteArray();
    for (int i = 0; i < POSITION_BYTES; i++) {
      suffix[2 + i] = (byte) ~bytes[i];
    }
    return at(shard, key, suffix);
  }

  /** The row of the null version. */
  public static Key ofNull(Bytes shard, Bytes key) {
    return at(shard, key, new byte[SUFFIX_BYTES]);
  }

  /** The row of a version, whatever it is. */
  public static Key of(Bytes shard, Bytes key, ObjectRow version) {
    return version.getNullVersion()
        ? ofNull(shard, key)
        : numbered(shard, key, stamp(version.getVersion()));
  }

  private static Key at(Bytes shard, Bytes key, byte[] suffix) {
    return new Key(Tables.VERSIONS, shard, Bytes.concat(key, Bytes.wrap(suffix)));
  }

  /** Before all versions of a key but the null one. */
  public static Bytes firstNumbered(Bytes key) {
    return Bytes.concat(key, Bytes.wrap(new byte[] {0, NUMBERED}));
  }

  /** Before all versions of a key. */
  public static Bytes first(Bytes key) {
    return Bytes.concat(key, Bytes.wrap(new byte[] {0}));
  }

  /** The object's key of a row in the table. */
  public static Bytes key(Bytes sort) {
    return sort.slice(0, sort.length() - SUFFIX_BYTES);
  }

  /** Whether that is the row of a null version. */
  public static boolean isNull(Bytes sort) {
    return sort.at(sort.length() - POSITION_BYTES - 1) == NULL;
  }

  /** A stamp as a field; as unsigned bytes it has the order of stamps. */
  public static ByteString position(Stamp stamp) {
    var buffer = ByteBuffer.allocate(POSITION_BYTES);
    buffer.putLong(stamp.time()).putLong(stamp.node() ^ Long.MIN_VALUE).putInt(stamp.rmw());
    return UnsafeByteOperations.unsafeWrap(buffer.flip());
  }

  /** The stamp that {@link #position} made this of. */
  public static Stamp stamp(ByteString position) {
    ByteBuffer buffer = position.asReadOnlyByteBuffer();
    return new Stamp(buffer.getLong(), buffer.getLong() ^ Long.MIN_VALUE, buffer.getInt());
  }

  /** A version's row that a head brings with it. */
  public record Beside(Key key, VersionedValue state) {}

  /**
   * The rows that every replica of a key writes with a state of its head, also when the head is
   * past that state: the version that it is, and its changes to others. Each has the head's stamp,
   * so that of two writes to a version the later one stays.
   *
   * @throws IllegalArgumentException when the value is no object's row
   */
  public static List<Beside> beside(Key head, VersionedValue state) {
    Bytes value = state.value();
    if (value == null || !hasVersions(value)) {
      return List.of();
    }
    ObjectRow row = row(value);
    var rows = new ArrayList<Beside>();
    if (!row.getVersion().isEmpty() && !row.getGone() && !row.getPromoted()) {
      Bytes own =
          row.getChangesCount() == 0 ? value : bytes(row.toBuilder().clearChanges().build());
      rows.add(
          new Beside(
              of(head.partition(), head.sort(), row), new VersionedValue(state.stamp(), own)));
    }
    for (VersionChange change : row.getChangesList()) {
      Key key =
          new Key(Tables.VERSIONS, head.partition(), Bytes.wrap(change.getSort().toByteArray()));
      rows.add(
          new Beside(
              key,
              new VersionedValue(state.stamp(), change.hasRow() ? bytes(change.getRow()) : null)));
    }
    return rows;
  }

  /**
   * Whether two heads of a key in an available bucket are of writes that have not seen each other.
   */
  public static boolean conflict(VersionedValue one, VersionedValue other) {
    Bytes first = one.value();
    Bytes second = other.value();
    if (first == null || second == null || !isAny(first, DOTTED) || !isAny(second, DOTTED)) {
      return false;
    }
    return dotted(row(first)).conflictsWith(dotted(row(second)));
  }

  private static DottedVersionVector dotted(ObjectRow row) {
    return DottedVersionVector.decode(row.getDotted().toByteArray());
  }

  /** Whether a listing shows the row: a delete marker says that there is no object. */
  public static boolean isShown(int table, Bytes value) {
    return table != Tables.OBJECTS || !isAny(value, DELETE_MARKER, GONE);
  }

  /** Whether a row that has this field is none that a listing shows. */
  public static boolean isHiding(int table, int field) {
    return table == Tables.OBJECTS && (field == DELETE_MARKER || field == GONE);
  }

  private static boolean hasVersions(Bytes value) {
    return isAny(value, ObjectRow.VERSION_FIELD_NUMBER, GONE, ObjectRow.CHANGES_FIELD_NUMBER);
  }

  /** Whether the row has any of these fields; passes over all others without reading them. */
  private static boolean isAny(Bytes value, int... fields) {
    CodedInputStream input = CodedInputStream.newInstance(value.array());
    try {
      for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
        int field = WireFormat.getTagFieldNumber(tag);
        for (int wanted : fields) {
          if (field == wanted) {
            return true;
          }
        }
        input.skipField(tag);
      }
      return false;
    } catch (IOException e) {
      throw new IllegalArgumentException("not an object's row", e);
    }
  }

  private static ObjectRow row(Bytes value) {
    try {
      return ObjectRow.parseFrom(UnsafeByteOperations.unsafeWrap(value.array()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not an object's row", e);
    }
  }

  private static Bytes bytes(ObjectRow row) {
    return Bytes.wrap(row.toByteArray());
  }

  /** Where the version stands among those of its key; the smallest where it has no position. */
  public static Stamp positionOf(@Nullable ObjectRow version) {
    return version == null || version.getVersion().isEmpty()
        ? Stamp.ZERO
        : stamp(version.getVersion());
  }
}
