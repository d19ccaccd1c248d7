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
 * register: it holds the current version, and every write to the key, even to an older version, is
 * a write to the head. Each version also has a row in {@link Tables#VERSIONS}, which replicas
 * derive from the states of the head, in the write that applies the state ({@link #beside}). So the
 * versions of a key change in the one order of its head, concurrent writes to the key both stay,
 * and no row grows with their number.
 *
 * <p>When newer versions are removed, a head is made of an older version's row. Such a head is
 * <em>promoted</em>, and its state leaves that version's row as it is, since the row's removal may
 * be under way. Pure.
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

  /** How many bytes a sort key has behind the object's key. */
  public static final int SUFFIX_BYTES = 2 + POSITION_BYTES;

  private static final byte NULL = 0;
  private static final byte NUMBERED = 1;
  private static final int DELETE_MARKER = ObjectRow.DELETE_MARKER_FIELD_NUMBER;
  private static final int DOTTED = ObjectRow.DOTTED_FIELD_NUMBER;
  private static final int GONE = ObjectRow.GONE_FIELD_NUMBER;

  private VersionRows() {}

  /** Returns the key of the version that was written at that stamp. */
  public static Key numbered(Bytes shard, Bytes key, Stamp position) {
    byte[] suffix = new byte[SUFFIX_BYTES];
    suffix[1] = NUMBERED;
    byte[] bytes = position(position).toByteArray();
    for (int i = 0; i < POSITION_BYTES; i++) {
      suffix[2 + i] = (byte) ~bytes[i];
    }
    return at(shard, key, suffix);
  }

  /** Returns the key of the null version. */
  public static Key ofNull(Bytes shard, Bytes key) {
    return at(shard, key, new byte[SUFFIX_BYTES]);
  }

  /** Returns the key of a version, the null version or another. */
  public static Key of(Bytes shard, Bytes key, ObjectRow version) {
    return version.getNullVersion()
        ? ofNull(shard, key)
        : numbered(shard, key, stamp(version.getVersion()));
  }

  private static Key at(Bytes shard, Bytes key, byte[] suffix) {
    return new Key(Tables.VERSIONS, shard, Bytes.concat(key, Bytes.wrap(suffix)));
  }

  /** Returns the sort key before all versions of a key except the null version. */
  public static Bytes firstNumbered(Bytes key) {
    return Bytes.concat(key, Bytes.wrap(new byte[] {0, NUMBERED}));
  }

  /** Returns the sort key before all versions of a key. */
  public static Bytes first(Bytes key) {
    return Bytes.concat(key, Bytes.wrap(new byte[] {0}));
  }

  /** Returns the object's key in a sort key of the table. */
  public static Bytes key(Bytes sort) {
    return sort.slice(0, sort.length() - SUFFIX_BYTES);
  }

  /** Whether this is the sort key of a null version. */
  public static boolean isNull(Bytes sort) {
    return sort.at(sort.length() - POSITION_BYTES - 1) == NULL;
  }

  /**
   * Encodes a stamp as a field; positions, compared as unsigned bytes, have the order of stamps.
   */
  public static ByteString position(Stamp stamp) {
    var buffer = ByteBuffer.allocate(POSITION_BYTES);
    buffer.putLong(stamp.time()).putLong(stamp.node() ^ Long.MIN_VALUE).putInt(stamp.rmw());
    return UnsafeByteOperations.unsafeWrap(buffer.flip());
  }

  /** Decodes a stamp that {@link #position} encoded. */
  public static Stamp stamp(ByteString position) {
    ByteBuffer buffer = position.asReadOnlyByteBuffer();
    return new Stamp(buffer.getLong(), buffer.getLong() ^ Long.MIN_VALUE, buffer.getInt());
  }

  /** A version's row that a state of its head brings with it. */
  public record Beside(Key key, VersionedValue state) {}

  /**
   * Returns the rows that every replica writes together with a state of a head: the state's own
   * version, and its changes to other versions. A replica writes them even when its head is already
   * newer. Each row has the state's stamp, so that of two writes to a version the later one wins.
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
   * Whether two heads of a key in an available bucket are siblings: writes that have not seen each
   * other.
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

  /** Whether a listing shows the row: it doesn't show a delete marker in the place of an object. */
  public static boolean isShown(int table, Bytes value) {
    return table != Tables.OBJECTS || !isAny(value, DELETE_MARKER, GONE);
  }

  /** Whether this field hides its row from listings. */
  public static boolean isHiding(int table, int field) {
    return table == Tables.OBJECTS && (field == DELETE_MARKER || field == GONE);
  }

  private static boolean hasVersions(Bytes value) {
    return isAny(value, ObjectRow.VERSION_FIELD_NUMBER, GONE, ObjectRow.CHANGES_FIELD_NUMBER);
  }

  /** Whether the row has any of these fields. Skips all others without reading them. */
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

  /** Returns the version's position among those of its key; the smallest one when it has none. */
  public static Stamp positionOf(@Nullable ObjectRow version) {
    return version == null || version.getVersion().isEmpty()
        ? Stamp.ZERO
        : stamp(version.getVersion());
  }
}
