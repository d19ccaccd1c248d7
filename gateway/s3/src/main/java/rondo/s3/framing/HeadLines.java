package rondo.s3.framing;

import io.netty.buffer.ByteBuf;

/**
 * Watches the lines of a head for what Netty's decoder mends silently, though other readers may
 * take it differently. A line that begins with a space or a tab is the obsolete folding of RFC
 * 9112, section 5.2, which Netty joins to the line before. Of several Content-Length headers in a
 * request of HTTP/1.0, Netty keeps one. Not thread-safe.
 */
final class HeadLines {
  private static final String LENGTH = "content-length";

  /** Of the next byte in its line; -1 in the first line of a head. */
  private int column = -1;

  private boolean isLength;
  private boolean folded;
  private int lengths;

  /** Reads more bytes of a head, which may end anywhere, without consuming them. */
  void read(ByteBuf bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte next = bytes.getByte(i);
      if (next == '\n') {
        column = 0;
        isLength = true;
      } else if (column >= 0 && column <= LENGTH.length()) {
        read(next);
        column++;
      }
    }
  }

  private void read(byte next) {
    boolean blank = next == ' ' || next == '\t';
    folded |= column == 0 && blank;
    if (column < LENGTH.length()) {
      isLength &= Character.toLowerCase((char) next) == LENGTH.charAt(column);
    } else if (isLength && (next == ':' || blank)) {
      lengths++;
    }
  }

  /** Whether the head has a folded line. */
  boolean folded() {
    return folded;
  }

  /** How many Content-Length headers the head has. */
  int lengths() {
    return lengths;
  }

  /** Begins a new head. */
  void clear() {
    column = -1;
    folded = false;
    lengths = 0;
  }
}
