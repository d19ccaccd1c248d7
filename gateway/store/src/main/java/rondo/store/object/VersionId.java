package rondo.store.object;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.table.VersionRows;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.store.row.StoreException;
import rondo.store.row.StoreException.Reason;

/**
 * The id of a version, as clients see it: of 32 letters, digits, underscores and dots, or {@code
 * null} for what was written while its bucket kept no versions.
 *
 * <pre>
 *   id = base64url(position:20 crc32c(position):4), with dots for dashes; dashes are read too
 * </pre>
 *
 * @param position null for the null version
 */
public record VersionId(@Nullable Stamp position) {
  public static final VersionId NULL = new VersionId(null);

  private static final int POSITION_BYTES = 20;
  private static final int TEXT_LENGTH = 32;

  /**
   * @throws StoreException MALFORMED_VERSION_ID when the text can't be the id of a version
   */
  public static VersionId parse(String id) {
    if (id.equals("null")) {
      return NULL;
    }
    Stamp position = id.length() == TEXT_LENGTH ? position(id) : null;
    if (position == null) {
      throw new StoreException(Reason.MALFORMED_VERSION_ID, id);
    }
    return new VersionId(position);
  }

  private static @Nullable Stamp position(String id) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(id.replace('.', '-'));
    } catch (IllegalArgumentException e) {
      return null;
    }
    int check = ByteBuffer.wrap(bytes).getInt(POSITION_BYTES);
    return check == check(bytes)
        ? VersionRows.stamp(ByteString.copyFrom(bytes, 0, POSITION_BYTES))
        : null;
  }

  private static int check(byte[] bytes) {
    var crc = new CRC32C();
    crc.update(bytes, 0, POSITION_BYTES);
    return (int) crc.getValue();
  }

  /** The id of a version, or of an object without versions. */
  public static VersionId of(ObjectRow row) {
    return row.getNullVersion() || row.getVersion().isEmpty()
        ? NULL
        : new VersionId(VersionRows.stamp(row.getVersion()));
  }

  /** Whether that row is this version. The row of a key without versions is none. */
  boolean names(@Nullable ObjectRow row) {
    return row != null && !row.getGone() && of(row).equals(this);
  }

  Key row(Bytes shard, Bytes key) {
    return position == null
        ? VersionRows.ofNull(shard, key)
        : VersionRows.numbered(shard, key, position);
  }

  @Override
  public String toString() {
    if (position == null) {
      return "null";
    }
    byte[] bytes = new byte[POSITION_BYTES + Integer.BYTES];
    VersionRows.position(position).copyTo(bytes, 0);
    ByteBuffer.wrap(bytes).putInt(POSITION_BYTES, check(bytes));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).replace('-', '.');
  }
}
