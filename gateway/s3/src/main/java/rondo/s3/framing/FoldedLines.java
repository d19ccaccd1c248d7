package rondo.s3.framing;

import io.netty.buffer.ByteBuf;

/**
 * Finds a line of a head that begins with a space or a tab: the obsolete folding of RFC 9112,
 * section 5.2, which some readers take for a header of its own. Netty's decoder joins such lines
 * silently. Not thread-safe.
 */
final class FoldedLines {
  private boolean lineStarts;
  private boolean found;

  /** Reads more bytes of a head, which may end anywhere, without consuming them. */
  void read(ByteBuf bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte next = bytes.getByte(i);
      found |= lineStarts && (next == ' ' || next == '\t');
      lineStarts = next == '\n';
    }
  }

  /** Whether the head had a folded line; begins a new head. */
  boolean take() {
    boolean folded = found;
    found = false;
    lineStarts = false;
    return folded;
  }
}
