package rondo.metadata.engine.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import rondo.metadata.disk.SimulatedDisk;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineCounters;
import rondo.metadata.engine.LostRange;
import rondo.metadata.engine.block.BlockCache;
import rondo.metadata.engine.block.BlockFile;
import rondo.metadata.engine.block.CheckpointFiles;
import rondo.metadata.engine.block.CheckpointPart;
import rondo.ring.value.Bytes;

/** Compares an index with a sorted map of the pages. */
final class PageIndexTest {
  private final Random random = new Random(11);

  /** Splits keys into pages of one to three keys. */
  private static SortedMap<Bytes, Bytes> pages(SortedSet<Bytes> keys, Random random) {
    var pages = new TreeMap<Bytes, Bytes>();
    var rest = keys.iterator();
    while (rest.hasNext()) {
      Bytes first = rest.next();
      Bytes last = first;
      for (int i = random.nextInt(3); i > 0 && rest.hasNext(); i--) {
        last = rest.next();
      }
      pages.put(first, last);
    }
    return pages;
  }

  /** Checks an index of so many keys, and returns the number of its blocks. */
  private int check(int count, IntFunction<Bytes> key) throws IOException {
    var keys = new TreeSet<Bytes>();
    for (int i = 0; i < count; i++) {
      keys.add(key.apply(i));
    }
    var pages = pages(keys, random);
    var files = new CheckpointFiles(new SimulatedDisk(), 1);
    CheckpointPart part;
    try (var writer = new IndexWriter(files.disk().create(files.index()))) {
      for (var page : pages.entrySet()) {
        writer.page(page.getKey(), page.getValue());
      }
      part = writer.finish();
    }
    var cache = new BlockCache(1 << 20, 1 << 20, new EngineCounters());
    try (var blocks = BlockFile.open(files, files.index(), part, cache)) {
      assertThat(blocks.isComplete()).isTrue();
      check(new PageIndex(blocks), pages);
    }
    return part.blocks();
  }

  private static void check(PageIndex index, SortedMap<Bytes, Bytes> pages) {
    int number = 0;
    for (var page : pages.entrySet()) {
      Bytes first = page.getKey();
      Bytes last = page.getValue();
      assertThat(index.page(first)).isEqualTo(number);
      assertThat(index.page(last)).isEqualTo(number);
      // A key between two pages belongs behind the last key of one, or before the first key of the
      // next.
      assertThat(index.page(LostRange.behind(last))).isBetween(number, number + 1);
      if (number > 0) {
        assertThat(index.page(before(first))).isBetween(number - 1, number);
      }
      number++;
    }
    assertThat(index.page(Bytes.EMPTY)).isZero();
    assertThat(index.page(Bytes.wrap(new byte[] {-1, -1, -1, -1, -1}))).isEqualTo(number - 1);
  }

  /** Returns a key that is less than {@code key}, with no test key between. */
  private static Bytes before(Bytes key) {
    byte[] bytes = key.array().clone();
    int end = bytes.length - 1;
    if (bytes[end] == 0) {
      return key.slice(0, end);
    }
    bytes[end]--;
    return Bytes.concat(Bytes.wrap(bytes), Bytes.wrap(new byte[] {-1, -1, -1}));
  }

  @Test
  void one_page_is_found() throws IOException {
    assertThat(check(1, i -> Bytes.utf8("only"))).isEqualTo(1);
  }

  @Test
  void short_keys_take_little_of_a_block() throws IOException {
    assertThat(check(1200, i -> Bytes.utf8("bucket-with-a-name/photos/%06d.jpg".formatted(i))))
        .isEqualTo(1);
  }

  @Test
  void many_pages_are_found_over_two_levels() throws IOException {
    assertThat(check(60_000, i -> Bytes.utf8("%02d/%x".formatted(i % 77, i * 7919L))))
        .isBetween(10, 40);
  }

  @Test
  void keys_that_differ_late_need_more_levels_and_are_found() throws IOException {
    int blocks =
        check(
            3000,
            i -> {
              var family = new byte[2000];
              new Random(i / 2).nextBytes(family);
              return Bytes.concat(Bytes.wrap(family), Bytes.utf8("/" + i % 2));
            });
    assertThat(blocks).isGreaterThan(60);
  }

  @Test
  void the_longest_keys_are_found() throws IOException {
    check(
        500,
        i -> {
          var key = new byte[Engine.MOST_KEY_BYTES];
          new Random(i % 250).nextBytes(key);
          key[key.length - 1] = (byte) (i / 250);
          return Bytes.wrap(key);
        });
  }

  @Test
  void keys_of_any_bytes_are_found() throws IOException {
    check(
        20_000,
        i -> {
          var key = new byte[1 + random.nextInt(6)];
          random.nextBytes(key);
          for (int at = 0; at < key.length; at++) {
            key[at] = (byte) (random.nextInt(3) == 0 ? key[at] : at - 1);
          }
          return Bytes.wrap(key);
        });
  }
}
