package rondo.metadata.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import rondo.metadata.table.RowKey;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.value.Bytes;
import rondo.ring.value.Stamp;

final class PageScanTest {
  private static final Bytes SHARD = Bytes.utf8("shard");
  private static final Stamp STAMP = new Stamp(1, 2, 0);
  private static final long ROOMY = Long.MAX_VALUE;

  private int reads;

  /** Rows without values in a sorted set, which count reads. */
  private final class Rows implements LiveRows {
    private NavigableSet<Bytes> rest;

    Rows(NavigableSet<Bytes> all) {
      this.rest = all;
    }

    @Override
    public @Nullable LiveRow next() {
      reads++;
      if (rest.isEmpty()) {
        return null;
      }
      Bytes first = rest.first();
      rest = rest.tailSet(first, false);
      return new LiveRow(first, STAMP, Bytes.utf8("value"));
    }

    @Override
    public void seek(Bytes sort) {
      if (!rest.isEmpty() && rest.first().compareTo(sort) < 0) {
        rest = rest.tailSet(sort, true);
      }
    }
  }

  private static NavigableSet<Bytes> keys(String... keys) {
    var set = new TreeSet<Bytes>();
    List.of(keys).forEach(key -> set.add(Bytes.utf8(key)));
    return set;
  }

  private Reply.Page page(NavigableSet<Bytes> keys, ScanRange range, long bytes) {
    return PageScan.page(new Rows(keys), range, bytes);
  }

  private static ScanRange range(
      String prefix, String from, @Nullable String delimiter, int limit) {
    Bytes delimiting = delimiter == null ? null : Bytes.utf8(delimiter);
    return new ScanRange(3, SHARD, Bytes.utf8(prefix), Bytes.utf8(from), delimiting, limit);
  }

  @Test
  void a_group_costs_one_read_however_many_rows_it_has() {
    NavigableSet<Bytes> keys = keys("a", "z");
    for (int i = 0; i < 100_000; i++) {
      keys.add(Bytes.utf8("many/" + i));
    }
    Reply.Page page = page(keys, range("", "", "/", 1000), ROOMY);
    assertThat(page.entries()).hasSize(3);
    assertThat(reads).isLessThan(6);
  }

  @Test
  void a_page_ends_with_its_limit_and_says_whether_there_is_more() {
    assertThat(page(keys("a", "b", "c"), range("", "", null, 2), ROOMY).more()).isTrue();
    assertThat(page(keys("a", "b"), range("", "", null, 2), ROOMY).more()).isFalse();
    assertThat(page(keys("a", "b/1", "b/2"), range("", "", "/", 2), ROOMY).more()).isFalse();
  }

  @Test
  void a_page_ends_once_it_is_large_but_never_before_its_first_entry() {
    Reply.Page page = page(keys("a", "b", "c"), range("", "", null, 10), 1);
    assertThat(page.entries()).hasSize(1);
    assertThat(page.more()).isTrue();
  }

  @Test
  void a_group_of_the_last_bytes_ends_the_page() {
    var keys = new TreeSet<Bytes>();
    keys.add(Bytes.wrap(new byte[] {(byte) 0xff, (byte) 0xff, 1}));
    var range =
        new ScanRange(3, SHARD, Bytes.EMPTY, Bytes.EMPTY, Bytes.wrap(new byte[] {(byte) 0xff}), 10);
    Reply.Page page = page(keys, range, ROOMY);
    assertThat(page.entries()).hasSize(1);
    assertThat(page.more()).isFalse();
  }

  @Test
  void pages_one_after_another_are_the_whole_as_a_dumb_twin_sees_it() {
    var random = new Random(42);
    String letters = "ab/\u00ff";
    for (int round = 0; round < 500; round++) {
      var keys = new TreeSet<Bytes>();
      for (int i = random.nextInt(60); i > 0; i--) {
        keys.add(word(random, letters, 6));
      }
      Bytes prefix = word(random, letters, 2);
      Bytes delimiter = random.nextBoolean() ? null : word(random, letters, 1);
      delimiter = delimiter == null || delimiter.length() == 0 ? null : delimiter;
      Bytes from = word(random, letters, 4);
      int limit = 1 + random.nextInt(5);
      var found = new ArrayList<Reply.Entry>();
      Bytes next = from;
      boolean more = true;
      while (more && next != null) {
        Reply.Page page =
            page(keys, new ScanRange(3, SHARD, prefix, next, delimiter, limit), ROOMY);
        found.addAll(page.entries());
        more = page.more();
        next = more ? behind(page.entries().getLast()) : null;
      }
      assertThat(found).isEqualTo(twin(keys, prefix, from, delimiter));
    }
  }

  private static @Nullable Bytes behind(Reply.Entry last) {
    return last.group() == null
        ? Bytes.concat(last.sort(), Bytes.wrap(new byte[1]))
        : RowKey.after(last.group());
  }

  private static Bytes word(Random random, String letters, int longest) {
    var word = new StringBuilder();
    for (int i = random.nextInt(longest + 1); i > 0; i--) {
      word.append(letters.charAt(random.nextInt(letters.length())));
    }
    return Bytes.utf8(word.toString());
  }

  /** The dumb twin: all at once, with text instead of bytes and a map instead of a walk. */
  private static List<Reply.Entry> twin(
      NavigableSet<Bytes> keys, Bytes prefix, Bytes from, @Nullable Bytes delimiter) {
    NavigableMap<Bytes, Reply.Entry> places = new TreeMap<>();
    for (Bytes key : keys.tailSet(from, true)) {
      if (!key.startsWith(prefix)) {
        continue;
      }
      String text = key.utf8();
      int at = delimiter == null ? -1 : text.indexOf(delimiter.utf8(), prefix.utf8().length());
      if (delimiter == null || at < 0) {
        places.put(key, new Reply.Entry(null, key, STAMP, Bytes.utf8("value")));
      } else {
        Bytes group = Bytes.utf8(text.substring(0, at) + delimiter.utf8());
        places.putIfAbsent(group, new Reply.Entry(group, key, STAMP, null));
      }
    }
    return List.copyOf(places.values());
  }
}
