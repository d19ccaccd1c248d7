package rondo.ring.coordinate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import rondo.ring.message.Reply;
import rondo.ring.value.Bytes;
import rondo.ring.value.Stamp;

final class PageMergeTest {
  @Test
  void what_all_report_alike_is_taken_with_the_value_of_one() {
    PageMerge pages = merge(page(false, row("a", 1, "v")), page(false, row("a", 1, null)));
    assertThat(pages.end()).isNull();
    assertThat(pages.slots()).extracting(PageMerge.Slot::agreed).containsExactly(row("a", 1, "v"));
  }

  @Test
  void what_one_lacks_or_stamps_differently_is_open() {
    PageMerge pages =
        merge(
            page(false, row("a", 1, "v"), row("b", 1, "v")),
            page(false, row("b", 2, null), row("c", 1, null)));
    assertThat(pages.slots())
        .extracting(slot -> slot.place().utf8())
        .containsExactly("a", "b", "c");
    assertThat(pages.slots()).extracting(PageMerge.Slot::agreed).containsOnlyNulls();
  }

  @Test
  void pages_speak_only_as_far_as_the_shortest_goes() {
    PageMerge pages =
        merge(
            page(true, row("a", 1, "v"), row("b", 1, "v"), row("c", 1, "v")),
            page(true, row("a", 1, null), row("b", 1, null)));
    assertThat(pages.end()).isEqualTo(Bytes.utf8("b\0"));
    assertThat(pages.slots()).hasSize(2);
  }

  @Test
  void a_whole_page_does_not_cut_the_others() {
    PageMerge pages = merge(page(true, row("a", 1, "v"), row("b", 1, "v")), page(false));
    assertThat(pages.end()).isEqualTo(Bytes.utf8("b\0"));
    assertThat(pages.slots()).extracting(PageMerge.Slot::agreed).containsOnlyNulls();
  }

  @Test
  void a_page_that_ends_with_a_group_speaks_for_all_of_it() {
    PageMerge pages = merge(page(true, group("d/", "d/1", 1)), page(true, group("d/", "d/1", 1)));
    assertThat(pages.end()).isEqualTo(Bytes.utf8("d0"));
    assertThat(pages.slots())
        .containsExactly(new PageMerge.Slot(Bytes.utf8("d/"), true, group("d/", "d/1", 1)));
  }

  @Test
  void a_page_that_ended_for_its_work_speaks_for_what_it_looked_at() {
    var tired = new Reply.Page(List.of(row("a", 1, "v")), true, Bytes.utf8("c"));
    PageMerge pages =
        merge(tired, page(false, row("a", 1, "v"), row("b", 1, "v"), row("c", 1, "v")));
    assertThat(pages.end()).isEqualTo(Bytes.utf8("c"));
    assertThat(pages.slots())
        .containsExactly(
            new PageMerge.Slot(Bytes.utf8("a"), false, row("a", 1, "v")),
            new PageMerge.Slot(Bytes.utf8("b"), false, null));
  }

  @Test
  void a_group_with_another_first_row_is_open() {
    PageMerge pages = merge(page(false, group("d/", "d/1", 1)), page(false, group("d/", "d/2", 1)));
    assertThat(pages.slots()).containsExactly(new PageMerge.Slot(Bytes.utf8("d/"), true, null));
  }

  @Test
  void nothing_is_beyond_the_largest_prefix() {
    assertThat(PageMerge.beyond(Bytes.wrap(new byte[] {-1, -1}))).isNull();
    assertThat(PageMerge.beyond(Bytes.wrap(new byte[] {1, -1})))
        .isEqualTo(Bytes.wrap(new byte[] {2}));
  }

  private static PageMerge merge(Reply.Page... pages) {
    return PageMerge.merge(List.of(pages));
  }

  private static Reply.Page page(boolean more, Reply.Entry... entries) {
    return new Reply.Page(List.of(entries), more);
  }

  private static Reply.Entry row(String sort, long time, @Nullable String value) {
    return new Reply.Entry(
        null, Bytes.utf8(sort), new Stamp(time, 1, 0), value == null ? null : Bytes.utf8(value));
  }

  private static Reply.Entry group(String group, String sort, long time) {
    return new Reply.Entry(Bytes.utf8(group), Bytes.utf8(sort), new Stamp(time, 1, 0), null);
  }
}
