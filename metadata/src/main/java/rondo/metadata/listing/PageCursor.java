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
 * Walks the entries of a listing in order. It holds one page at a time, and reads the next one only
 * when the caller has come to the end of the page before; a caller that stops reads no more. Each
 * walk begins at the start again.
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
   * A walk that begins at {@code from}.
   *
   * @param source reads the page that begins at or behind a sort key
   */
  public static PageCursor from(Bytes from, Function<Bytes, Reply.Page> source) {
    return new PageCursor(from, source);
  }

  /**
   * A walk through one range.
   *
   * @param range whose limit is the size of a page
   */
  public static PageCursor over(ScanRange range, Function<ScanRange, Reply.Page> scan) {
    return from(range.from(), start -> scan.apply(range.at(start, range.limit())));
  }

  /** The entries one by one. */
  @Override
  public Iterator<Reply.Entry> iterator() {
    return new EntryIterator(new PageIterator());
  }

  /** The entries one by one; reads no further than the stream's consumer asks. */
  public Stream<Reply.Entry> stream() {
    return StreamSupport.stream(spliterator(), false);
  }

  /** The pages: at least one, of which the last alone may be empty. */
  public Iterable<Reply.Page> pages() {
    return PageIterator::new;
  }

  /** The first sort key behind {@code sort}. */
  public static Bytes behind(Bytes sort) {
    return Bytes.concat(sort, ZERO);
  }

  /** Where a listing goes on behind that entry. */
  public static Bytes behind(Reply.Entry entry) {
    Bytes group = entry.group();
    if (group == null) {
      return behind(entry.sort());
    }
    Bytes after = RowKey.after(group);
    return after == null ? behind(entry.sort()) : after;
  }

  /** Where a listing goes on behind that page; null at its end. */
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
