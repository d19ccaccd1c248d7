package rondo.metadata.listing;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import rondo.metadata.table.RowKey;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.value.Bytes;

/**
 * Walks through the entries of a listing in order. It holds one page at a time, and reads the next
 * one only when the caller has passed the page before. Each iterator and stream begins at the start
 * again.
 */
public final class PageCursor implements Iterable<Reply.Entry> {
  private static final Bytes ZERO = Bytes.wrap(new byte[1]);

  private final Bytes from;
  private final Function<Bytes, Reply.Page> source;

  private PageCursor(Bytes from, Function<Bytes, Reply.Page> source) {
    this.from = from;
    this.source = source;
  }

  /**
   * Returns a cursor that begins at {@code from}.
   *
   * @param source reads the page that begins at a sort key or right behind it
   */
  public static PageCursor from(Bytes from, Function<Bytes, Reply.Page> source) {
    return new PageCursor(from, source);
  }

  /**
   * Returns a cursor over one range.
   *
   * @param range its limit is the size of a page
   * @param scan reads a page
   */
  public static PageCursor over(ScanRange range, Function<ScanRange, Reply.Page> scan) {
    return from(range.from(), start -> scan.apply(range.at(start, range.limit())));
  }

  /** Returns an iterator over the entries. */
  @Override
  public Iterator<Reply.Entry> iterator() {
    return new EntryIterator(new PageIterator());
  }

  /** Returns a stream of the entries, which reads no page before its consumer needs it. */
  public Stream<Reply.Entry> stream() {
    return StreamSupport.stream(spliterator(), false);
  }

  /** Returns the pages: at least one, and only the last one may be empty. */
  public Iterable<Reply.Page> pages() {
    return PageIterator::new;
  }

  /** Returns the least sort key that is greater than {@code sort}. */
  public static Bytes behind(Bytes sort) {
    return Bytes.concat(sort, ZERO);
  }

  /** Returns the sort key at which a listing goes on behind {@code entry}. */
  public static Bytes behind(Reply.Entry entry) {
    Bytes group = entry.group();
    if (group == null) {
      return behind(entry.sort());
    }
    Bytes after = RowKey.after(group);
    return after == null ? behind(entry.sort()) : after;
  }

  /** Returns the sort key at which a listing goes on behind {@code page}; null at its end. */
  public static @Nullable Bytes behind(Reply.Page page) {
    if (!page.more() || page.entries().isEmpty()) {
      return null;
    }
    return page.next() == null ? behind(page.entries().getLast()) : page.next();
  }

  private final class PageIterator implements Iterator<Reply.Page> {
    private @Nullable Bytes next = from;

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Reply.Page next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      Reply.Page page = source.apply(next);
      next = behind(page);
      return page;
    }
  }

  private static final class EntryIterator implements Iterator<Reply.Entry> {
    private final Iterator<Reply.Page> pages;
    private Iterator<Reply.Entry> entries = Collections.emptyIterator();

    EntryIterator(Iterator<Reply.Page> pages) {
      this.pages = pages;
    }

    @Override
    public boolean hasNext() {
      while (!entries.hasNext() && pages.hasNext()) {
        entries = pages.next().entries().iterator();
      }
      return entries.hasNext();
    }

    @Override
    public Reply.Entry next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return entries.next();
    }
  }
}
