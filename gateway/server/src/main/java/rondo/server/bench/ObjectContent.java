package rondo.server.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import rondo.s3.auth.Hashes;

/**
 * The bytes of objects: one block of random bytes, repeated from a position that the object's
 * number decides. So bodies cost nothing to make, and can be checked by the number alone.
 * Thread-safe.
 */
final class ObjectContent {
  /** A little more than a power of two, so that no chunk or part repeats its neighbour. */
  private static final int BLOCK = (1 << 20) + 4099;

  private static final int MAX_SLICE = 256 * 1024;
  private static final int VARIANTS = 16;

  private final byte[] block = new byte[BLOCK];
  private final ByteBuf direct;
  private final Map<Body, String> hashes = new ConcurrentHashMap<>();

  ObjectContent() {
    new Random(1).nextBytes(block);
    direct = Unpooled.unreleasableBuffer(Unpooled.directBuffer(BLOCK).writeBytes(block));
  }

  /**
   * The body of one object.
   *
   * @param start the position in the block at which it begins
   */
  record Body(int start, long sizeBytes) {
    /** The part of the body from {@code offset} on. */
    Body slice(long offset, long length) {
      return new Body((int) ((start + offset) % BLOCK), length);
    }
  }

  Body of(long number, long sizeBytes) {
    int variant = (int) (KeyLayout.mix(number) & (VARIANTS - 1));
    return new Body(variant * (BLOCK / VARIANTS), sizeBytes);
  }

  /** The bytes at {@code offset}, as many as should be sent at once. */
  Buffer at(Body body, long offset) {
    int from = (int) ((body.start() + offset) % BLOCK);
    int length = (int) Math.min(Math.min(MAX_SLICE, BLOCK - from), body.sizeBytes() - offset);
    return BufferInternal.buffer(direct.slice(from, length));
  }

  /** Whether {@code received} are the bytes at {@code offset}. */
  boolean matches(Body body, long offset, Buffer received) {
    if (offset + received.length() > body.sizeBytes()) {
      return false;
    }
    ByteBuf bytes = ((BufferInternal) received).getByteBuf();
    int done = 0;
    while (done < received.length()) {
      int from = (int) ((body.start() + offset + done) % BLOCK);
      int length = Math.min(BLOCK - from, received.length() - done);
      if (!bytes.slice(done, length).equals(direct.slice(from, length))) {
        return false;
      }
      done += length;
    }
    return true;
  }

  /** The body's SHA-256 in hex; computed once per distinct body. */
  String sha256(Body body) {
    return hashes.computeIfAbsent(body, this::hash);
  }

  private String hash(Body body) {
    MessageDigest digest = Hashes.start("SHA-256");
    long offset = 0;
    while (offset < body.sizeBytes()) {
      int from = (int) ((body.start() + offset) % BLOCK);
      int length = (int) Math.min(BLOCK - from, body.sizeBytes() - offset);
      digest.update(block, from, length);
      offset += length;
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
