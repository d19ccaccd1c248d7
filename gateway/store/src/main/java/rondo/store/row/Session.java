package rondo.store.row;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;
import rondo.ring.value.Stamp;

/**
 * The stamps of the keys that a client has read or written. The client carries them from request to
 * request as a token. So it reads its own writes and never goes back in time, at any level and
 * through any gateway. Thread-safe.
 *
 * <p>A token holds {@value #MOST} keys. Once it is full, all other keys are read linearizably,
 * which needs no memory.
 *
 * <pre>
 *   token = base64url( version:1 ( name:8 time:8 node:8 rmw:4 )* )
 *   name  = the first bytes of the SHA-256 of bucket 0 key
 * </pre>
 */
public final class Session {
  static final int MOST = 64;

  private static final byte VERSION = 1;
  private static final int ENTRY_BYTES = 3 * Long.BYTES + Integer.BYTES;

  private final Map<Long, Stamp> seen = new LinkedHashMap<>();

  /** Makes a session that has seen nothing. */
  public Session() {}

  /**
   * @param token as {@link #token} made it; empty for a new session
   * @throws IllegalArgumentException for any other text
   */
  public Session(String token) {
    if (token.isEmpty()) {
      return;
    }
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
    int entries = (bytes.remaining() - 1) / ENTRY_BYTES;
    if (bytes.remaining() != 1 + entries * ENTRY_BYTES
        || entries > MOST
        || bytes.get() != VERSION) {
      throw new IllegalArgumentException("not a session's token");
    }
    while (bytes.hasRemaining()) {
      seen.put(bytes.getLong(), new Stamp(bytes.getLong(), bytes.getLong(), bytes.getInt()));
    }
  }

  /** The token that the client sends with its next request. */
  public synchronized String token() {
    ByteBuffer bytes = ByteBuffer.allocate(1 + seen.size() * ENTRY_BYTES).put(VERSION);
    seen.forEach((name, stamp) ->
        bytes.putLong(name).putLong(stamp.time()).putLong(stamp.node()).putInt(stamp.rmw()));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  synchronized void saw(String bucket, Bytes key, Stamp stamp) {
    long name = name(bucket, key);
    if (seen.containsKey(name) || seen.size() < MOST) {
      seen.merge(name, stamp, (one, other) -> one.compareTo(other) > 0 ? one : other);
    }
  }

  /**
   * The stamp below which a state of the key would be a step back in time; null when the key must
   * be read linearizably.
   */
  synchronized @Nullable Stamp atLeast(String bucket, Bytes key) {
    Stamp stamp = seen.get(name(bucket, key));
    return stamp != null ? stamp : seen.size() < MOST ? Stamp.ZERO : null;
  }

  private static long name(String bucket, Bytes key) {
    Bytes text = Bytes.concat(Bytes.utf8(bucket), Bytes.wrap(new byte[1]), key);
    return ByteBuffer.wrap(DigestUtils.sha256(text.array())).getLong();
  }
}
