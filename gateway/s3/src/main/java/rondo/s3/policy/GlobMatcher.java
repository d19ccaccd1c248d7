package rondo.s3.policy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Matches a text against a pattern of characters, {@link #ONE} and {@link #MANY}. Each run between
 * two stars is found once, leftmost: by Knuth, Morris and Pratt's search, or, where the run has
 * question marks, 64 characters of it at a time by the bits of a word (Baeza-Yates and Gonnet, "A
 * New Approach to Text Searching"). So no pattern takes more than the length of the text for each
 * 64 of its characters. Pure.
 */
final class GlobMatcher {
  /** Stands for any one character. */
  static final int ONE = -1;

  /** Stands for any text. */
  static final int MANY = -2;

  private static final int ASCII = 128;

  private final int[] pattern;
  private final int[] text;

  private GlobMatcher(int[] pattern, int[] text) {
    this.pattern = pattern;
    this.text = text;
  }

  static boolean matches(int[] pattern, int[] text) {
    return new GlobMatcher(pattern, text).matches();
  }

  private boolean matches() {
    int first = star(0);
    if (first == pattern.length) {
      return pattern.length == text.length && isAt(0, pattern.length, 0);
    }
    int last = pattern.length;
    while (pattern[last - 1] != MANY) {
      last--;
    }
    int tail = text.length - (pattern.length - last);
    if (tail < first || !isAt(0, first, 0) || !isAt(last, pattern.length, tail)) {
      return false;
    }
    int at = first;
    for (int from = first + 1; from < last; ) {
      int to = star(from);
      at = to == from ? at : find(from, to, at, tail);
      if (at < 0) {
        return false;
      }
      from = to + 1;
    }
    return true;
  }

  /** The next star of the pattern; its length when there is none. */
  private int star(int from) {
    int at = from;
    while (at < pattern.length && pattern[at] != MANY) {
      at++;
    }
    return at;
  }

  private boolean isAt(int from, int to, int at) {
    for (int i = from; i < to; i++) {
      if (pattern[i] != ONE && pattern[i] != text[at + i - from]) {
        return false;
      }
    }
    return true;
  }

  /** The end of the leftmost match of a run of the pattern in a part of the text; -1 for none. */
  private int find(int from, int to, int textFrom, int textTo) {
    if (to - from > textTo - textFrom) {
      return -1;
    }
    for (int i = from; i < to; i++) {
      if (pattern[i] == ONE) {
        return findByBits(from, to, textFrom, textTo);
      }
    }
    return findPlain(Arrays.copyOfRange(pattern, from, to), textFrom, textTo);
  }

  private int findPlain(int[] run, int textFrom, int textTo) {
    int[] borders = new int[run.length];
    for (int i = 1; i < run.length; i++) {
      borders[i] = extend(run, borders, borders[i - 1], run[i]);
    }
    int matched = 0;
    for (int i = textFrom; i < textTo; i++) {
      matched = extend(run, borders, matched, text[i]);
      if (matched == run.length) {
        return i + 1;
      }
    }
    return -1;
  }

  private static int extend(int[] run, int[] borders, int matched, int code) {
    int longest = matched;
    while (longest > 0 && run[longest] != code) {
      longest = borders[longest - 1];
    }
    return run[longest] == code ? longest + 1 : longest;
  }

  private int findByBits(int from, int to, int textFrom, int textTo) {
    var reached = new BitSet(textTo + 1);
    reached.set(textFrom, textTo + 1);
    for (int block = from; block < to; block += Long.SIZE) {
      reached = pass(block, Math.min(to, block + Long.SIZE), reached, textFrom, textTo);
    }
    return reached.nextSetBit(0);
  }

  /** The places behind a match of one block that begins where the blocks before it have ended. */
  private BitSet pass(int from, int to, BitSet reached, int textFrom, int textTo) {
    long any = 0;
    var ascii = new long[ASCII];
    Map<Integer, Long> others = new HashMap<>();
    for (int i = from; i < to; i++) {
      long bit = 1L << (i - from);
      int code = pattern[i];
      if (code == ONE) {
        any |= bit;
      } else if (code < ASCII) {
        ascii[code] |= bit;
      } else {
        others.merge(code, bit, (one, other) -> one | other);
      }
    }
    long whole = 1L << (to - from - 1);
    var ends = new BitSet(textTo + 1);
    long state = 0;
    for (int i = textFrom; i < textTo; i++) {
      long mask = text[i] < ASCII ? ascii[text[i]] : others.getOrDefault(text[i], 0L);
      state = ((state << 1) | (reached.get(i) ? 1 : 0)) & (mask | any);
      if ((state & whole) != 0) {
        ends.set(i + 1);
      }
    }
    return ends;
  }
}
