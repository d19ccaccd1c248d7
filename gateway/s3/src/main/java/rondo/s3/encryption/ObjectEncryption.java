package rondo.s3.encryption;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Encryption;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.SealedStream;
import rondo.s3.crypt.DataKey;

/**
 * How the bytes of one object, or part, are stored: under a key of its own, or plain. Immutable.
 */
public final class ObjectEncryption {
  private final Encryption row;
  private final @Nullable DataKey key;
  private final Map<String, String> headers;

  /**
   * @param row without streams
   * @param key null when the bytes stay plain
   */
  ObjectEncryption(Encryption row, @Nullable DataKey key, Map<String, String> headers) {
    this.row = row;
    this.key = key;
    this.headers = headers;
  }

  /** Begins the next run of bytes: those of the object, or of a part. */
  public StreamEncryption stream(long plainBytes) {
    return StreamEncryption.of(key, plainBytes);
  }

  /** Says in the object's row how it is encrypted; {@code stream} null for no bytes yet. */
  public void mark(ObjectRow.Builder object, @Nullable SealedStream stream) {
    if (row.getMode() == Encryption.Mode.NONE) {
      object.clearEncryption();
      return;
    }
    Encryption.Builder marked = row.toBuilder().clearStreams();
    object.setEncryption(stream == null ? marked : marked.addStreams(stream));
  }

  /**
   * The ETag. S3 gives the MD5 of the data away only where no other key than its own protects it. A
   * part that is sent again gets the same, since all parts of an upload have one data key.
   */
  public String etag(String md5) {
    boolean open = row.getMode() == Encryption.Mode.NONE || row.getMode() == Encryption.Mode.S3;
    return open || key == null ? md5 : key.tag(md5);
  }

  /** What the answer says. */
  public Map<String, String> headers() {
    return headers;
  }
}
