package rondo.ring.coordinate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.value.Bytes;

/**
 * The pages of a read quorum for one range, merged. Pure.
 *
 * <p>An entry that all replicas report alike is correct: an acknowledged write or delete would be
 * on at least one of them, and its entry would differ. The caller must read all others.
 *
 * @param end exclusive; the end of the part that every page covers; null for the whole range
 * @param slots in order, all before {@code end}
 */
record PageMerge(@Nullable Bytes end, List<Slot> slots) {
  /**
   * A row or group that at least one replica reports.
   *
   * @param place its group or, for a row, its sort key
   * @param agreed the entry, where all report it alike; else null
   */
  record Slot(Bytes place, boolean isGroup, Reply.@Nullable Entry agreed) {}

  static PageMerge merge(List<Reply.Page> pages) {
    Bytes end = null;
    for (Reply.Page page : pages) {
      if (page.more()) {
        Bytes own = page.next() == null ? after(page.entries().getLast()) : page.next();
        end = end == null || (own != null && own.compareTo(end) < 0) ? own : end;
      }
    }
    var slots = new ArrayList<Slot>();
    int[] next = new int[pages.size()];
    for (Bytes place = least(pages, next);
        place != null && (end == null || place.compareTo(end) < 0);
        place = least(pages, next)) {
      slots.add(slot(place, taken(pages, next, place), pages.size()));
    }
    return new PageMerge(end, slots);
  }

  /** The least of the pages' next places, since each page is in order; null at the end. */
  private static @Nullable Bytes least(List<Reply.Page> pages, int[] next) {
    Bytes least = null;
    for (int i = 0; i < next.length; i++) {
      List<Reply.Entry> entries = pages.get(i).entries();
      Bytes place = next[i] == entries.size() ? null : place(entries.get(next[i]));
      if (place != null && (least == null || place.compareTo(least) < 0)) {
        least = place;
      }
    }
    return least;
  }

  /** Takes the entries that the pages have at {@code place}. */
  private static List<Reply.Entry> taken(List<Reply.Page> pages, int[] next, Bytes place) {
    var taken = new ArrayList<Reply.Entry>(next.length);
    for (int i = 0; i < next.length; i++) {
      List<Reply.Entry> entries = pages.get(i).entries();
      if (next[i] < entries.size() && place(entries.get(next[i])).equals(place)) {
        taken.add(entries.get(next[i]++));
      }
    }
    return taken;
  }

  private static Slot slot(Bytes place, List<Reply.Entry> entries, int pages) {
    Reply.Entry first = entries.getFirst();
    Reply.Entry fullest = first;
    boolean alike = entries.size() == pages;
    for (Reply.Entry entry : entries) {
      alike &= same(first, entry);
      fullest = fullest.value() == null ? entry : fullest;
    }
    boolean complete = first.group() != null || fullest.value() != null;
    return new Slot(place, first.group() != null, alike && complete ? fullest : null);
  }

  private static boolean same(Reply.Entry one, Reply.Entry other) {
    return one.sort().equals(other.sort())
        && one.stamp().equals(other.stamp())
        && (one.group() == null) == (other.group() == null);
  }

  private static Bytes place(Reply.Entry entry) {
    return entry.group() == null ? entry.sort() : entry.group();
  }

  /** The first key behind this entry; null when there can be none. */
  static @Nullable Bytes after(Reply.Entry entry) {
    return entry.group() == null ? next(entry.sort()) : beyond(entry.group());
  }

  /** The smallest key above {@code sort}. */
  private static Bytes next(Bytes sort) {
    return Bytes.concat(sort, Bytes.wrap(new byte[1]));
  }

  /** The smallest key above all that start with {@code prefix}; null if there is none. */
  static @Nullable Bytes beyond(Bytes prefix) {
    int length = prefix.length();
    while (length > 0 && prefix.at(length - 1) == (byte) 0xff) {
      length--;
    }
    if (length == 0) {
      return null;
    }
    byte[] next = prefix.slice(0, length).array();
    next[length - 1]++;
    return Bytes.wrap(next);
  }
}
