package rondo.s3.encryption;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Encryption;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.SealedStream;
import rondo.s3.crypt.DataKey;

/**
 * The encryption of the new bytes of one object or part: under a data key of its own, or none.
 * Immutable.
 */
public final class ObjectEncryption {
  private final Encryption row;
  private final @Nullable DataKey key;
  private final Map<String, String> headers;

  /**
   * @param row the object's encryption, without streams
   * @param key null when the bytes stay plain
   */
  ObjectEncryption(Encryption row, @Nullable DataKey key, Map<String, String> headers) {
    this.row = row;
    this.key = key;
    this.headers = headers;
  }

  /** Begins the stream of the object, or of a part. */
  public StreamEncryption stream(long plainBytes) {
    return StreamEncryption.of(key, plainBytes);
  }

  /**
   * Writes the encryption into the object's row.
   *
   * @param stream null when the object has no bytes yet
   */
  public void mark(ObjectRow.Builder object, @Nullable SealedStream stream) {
    if (row.getMode() == Encryption.Mode.NONE) {
      object.clearEncryption();
      return;
    }
    Encryption.Builder marked = row.toBuilder().clearStreams();
    object.setEncryption(stream == null ? marked : marked.addStreams(stream));
  }

  /**
   * The ETag of data with this MD5. It is the MD5 only for plain objects and for SSE-S3, as in S3;
   * under other keys it is a keyed tag. A part that is sent again gets the same ETag, since all
   * parts of an upload share one data key.
   */
  public String etag(String md5) {
    boolean open = row.getMode() == Encryption.Mode.NONE || row.getMode() == Encryption.Mode.S3;
    return open || key == null ? md5 : key.tag(md5);
  }

  /** The answer's headers about the encryption. */
  public Map<String, String> headers() {
    return headers;
  }
}
