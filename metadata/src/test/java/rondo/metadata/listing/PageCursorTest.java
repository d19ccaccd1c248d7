package rondo.metadata.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.value.Bytes;
import rondo.ring.value.Stamp;

final class PageCursorTest {
  private final TreeSet<String> names = new TreeSet<>();
  private final List<ScanRange> reads = new ArrayList<>();

  private Reply.Page scan(ScanRange range) {
    reads.add(range);
    List<Reply.Entry> rest =
        names.tailSet(range.from().utf8()).stream().map(name -> entry(null, name)).toList();
    boolean more = rest.size() > range.limit();
    return new Reply.Page(more ? rest.subList(0, range.limit()) : rest, more);
  }

  private static Reply.Entry entry(@Nullable String group, String name) {
    Bytes rolled = group == null ? null : Bytes.utf8(group);
    return new Reply.Entry(rolled, Bytes.utf8(name), new Stamp(1, 2, 0), null);
  }

  private PageCursor cursor(String from, int pageSize) {
    var range =
        new ScanRange(1, Bytes.utf8("shard"), Bytes.EMPTY, Bytes.utf8(from), null, pageSize);
    return PageCursor.over(range, this::scan);
  }

  private static List<String> names(PageCursor cursor) {
    return cursor.stream().map(entry -> entry.sort().utf8()).toList();
  }

  @Test
  void every_entry_comes_once_and_in_order_whatever_the_page_size() {
    var random = new Random(7);
    for (int run = 0; run < 200; run++) {
      names.clear();
      random.ints(random.nextInt(12), 0, 100).forEach(n -> names.add("k" + n));
      String from = "k" + random.nextInt(100);
      assertThat(names(cursor(from, 1 + random.nextInt(4))))
          .containsExactlyElementsOf(names.tailSet(from));
    }
  }

  @Test
  void a_reader_that_stops_has_read_no_page_behind() {
    names.addAll(List.of("a", "b", "c", "d", "e"));
    for (Reply.Entry entry : cursor("", 2)) {
      if (entry.sort().utf8().equals("d")) {
        break;
      }
    }
    assertThat(reads).hasSize(2);
    assertThat(reads).allMatch(range -> range.limit() == 2);
  }

  @Test
  void an_empty_listing_has_one_empty_page() {
    assertThat(cursor("", 2).pages()).singleElement().matches(page -> page.entries().isEmpty());
    assertThat(names(cursor("", 2))).isEmpty();
  }

  @Test
  void a_page_that_says_where_it_ends_is_taken_at_its_word() {
    Bytes next = Bytes.utf8("m");
    var page = new Reply.Page(List.of(entry(null, "a")), true, next);
    assertThat(PageCursor.behind(page)).isEqualTo(next);
    assertThat(PageCursor.behind(new Reply.Page(page.entries(), false))).isNull();
  }

  @Test
  void a_group_is_passed_as_a_whole() {
    assertThat(PageCursor.behind(entry("a/", "a/b"))).isEqualTo(Bytes.utf8("a0"));
    assertThat(PageCursor.behind(entry(null, "a"))).isEqualTo(Bytes.utf8("a\0"));
  }
}
