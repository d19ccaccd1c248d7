package rondo.ring.layout;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import rondo.ring.value.Bytes;

/** A growing buffer for the bytes of a layout. */
final class LayoutBuffer {
  private ByteBuffer buffer = ByteBuffer.allocate(1024);

  ByteBuffer grow(int bytes) {
    if (buffer.remaining() < bytes) {
      buffer = ByteBuffer.allocate(2 * (buffer.capacity() + bytes)).put(buffer.flip());
    }
    return buffer;
  }

  void flag(boolean flag) {
    grow(1).put((byte) (flag ? 1 : 0));
  }

  LayoutBuffer kind(byte kind) {
    grow(1).put(kind);
    return this;
  }

  void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > 0xFFFF) {
      throw new IllegalArgumentException("a text of " + utf8.length + " bytes");
    }
    grow(2 + utf8.length).putShort((short) utf8.length).put(utf8);
  }

  Bytes bytes() {
    byte[] array = new byte[buffer.flip().remaining()];
    buffer.get(array);
    return Bytes.wrap(array);
  }
}
