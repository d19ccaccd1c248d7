package rondo.metadata.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rondo.ring.value.Bytes;

/** The contract of every engine. */
public abstract class EngineContract {
  private Engine engine = new MemoryEngine();

  public abstract Engine open();

  @BeforeEach
  void openIt() {
    engine = open();
  }

  @AfterEach
  void closeIt() {
    engine.close();
  }

  /** Small options, so that every test has checkpoints, runs of several, and merges. */
  public static EngineOptions options(Durability durability, int memtableBytes) {
    return new EngineOptions(
        durability, memtableBytes, memtableBytes / 3, 3, 1 << 20, 1 << 16, 3L * memtableBytes);
  }

  public static Engine.Change put(String key, String value) {
    return new Engine.Change(Bytes.utf8(key), Bytes.utf8(value));
  }

  static Engine.Change remove(String key) {
    return new Engine.Change(Bytes.utf8(key), null);
  }

  static @Nullable public String get(Engine engine, String key) {
    Engine.Entry entry = engine.get(Bytes.utf8(key));
    return entry == null ? null : entry.value().utf8();
  }

  public static List<String> keys(Cursor cursor) {
    var keys = new ArrayList<String>();
    for (Engine.Entry entry = cursor.next(); entry != null; entry = cursor.next()) {
      keys.add(entry.key().utf8());
    }
    return keys;
  }

  @Test
  void a_write_is_visible_at_once_and_durable_when_awaited() {
    long sequence = engine.write(List.of(put("a", "1")));
    assertThat(get(engine, "a")).isEqualTo("1");
    engine.awaitDurable(sequence);
    assertThat(get(engine, "b")).isNull();
  }

  @Test
  void an_entry_tells_the_write_that_made_it() {
    engine.write(List.of(put("a", "1")));
    long second = engine.write(List.of(put("b", "2"), put("c", "3")));
    Engine.Entry entry = Objects.requireNonNull(engine.get(Bytes.utf8("c")));
    assertThat(entry.sequence()).isEqualTo(second);
  }

  @Test
  void a_removed_key_is_gone_and_may_come_back() {
    engine.write(List.of(put("a", "1")));
    engine.write(List.of(remove("a")));
    assertThat(get(engine, "a")).isNull();
    engine.write(List.of(put("a", "2")));
    assertThat(get(engine, "a")).isEqualTo("2");
  }

  @Test
  void a_cursor_walks_a_range_in_unsigned_order() {
    for (String key : List.of("b", "a", "ab", "\u00e9", "c", "~")) {
      engine.write(List.of(put(key, key)));
    }
    engine.write(List.of(remove("ab")));
    try (Cursor all = engine.cursor(Bytes.EMPTY, null)) {
      assertThat(keys(all)).containsExactly("a", "b", "c", "~", "\u00e9");
    }
    try (Cursor some = engine.cursor(Bytes.utf8("b"), Bytes.utf8("~"))) {
      assertThat(keys(some)).containsExactly("b", "c");
    }
    try (Cursor none = engine.cursor(Bytes.utf8("x"), Bytes.utf8("a"))) {
      assertThat(keys(none)).isEmpty();
    }
  }

  @Test
  void a_cursor_seeks_forward_and_never_back() {
    for (int i = 10; i < 100; i++) {
      engine.write(List.of(put("k" + i, "v")));
    }
    try (Cursor cursor = engine.cursor(Bytes.EMPTY, Bytes.utf8("k95"))) {
      cursor.seek(Bytes.utf8("k50"));
      assertThat(cursor.next()).extracting(e -> e.key().utf8()).isEqualTo("k50");
      cursor.seek(Bytes.utf8("k20"));
      assertThat(cursor.next()).extracting(e -> e.key().utf8()).isEqualTo("k51");
      cursor.seek(Bytes.utf8("k93x"));
      assertThat(keys(cursor)).containsExactly("k94");
      cursor.seek(Bytes.utf8("k99"));
      assertThat(cursor.next()).isNull();
    }
  }

  @Test
  void a_snapshot_stays_as_it_was() {
    engine.write(List.of(put("a", "1"), put("b", "1"), put("d", "1")));
    try (EngineSnapshot snapshot = engine.snapshot()) {
      engine.write(List.of(put("a", "2"), remove("b"), put("c", "2")));
      try (EngineSnapshot later = engine.snapshot()) {
        assertThat(all(snapshot)).isEqualTo("a=1 b=1 d=1 ");
        assertThat(all(later)).isEqualTo("a=2 c=2 d=1 ");
      }
      assertThat(all(snapshot)).isEqualTo("a=1 b=1 d=1 ");
    }
    assertThat(get(engine, "a")).isEqualTo("2");
  }

  private static String all(EngineSnapshot snapshot) {
    var found = new StringBuilder();
    try (Cursor cursor = snapshot.cursor(Bytes.EMPTY, null)) {
      for (Engine.Entry entry = cursor.next(); entry != null; entry = cursor.next()) {
        found.append(entry.key().utf8()).append('=').append(entry.value().utf8()).append(' ');
      }
    }
    return found.toString();
  }

  @Test
  void a_key_that_is_too_long_is_refused() {
    Bytes key = Bytes.utf8("k".repeat(Engine.MOST_KEY_BYTES));
    engine.write(List.of(new Engine.Change(key, key)));
    assertThat(engine.get(key)).isNotNull();
    Bytes longer = Bytes.concat(key, key);
    assertThatThrownBy(() -> new Engine.Change(longer, key))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void what_is_whole_is_found_to_be_whole() {
    for (int i = 0; i < 2000; i++) {
      engine.write(List.of(put("k" + i, "v".repeat(i % 100))));
    }
    assertThat(engine.verify(Engine.Pace.UNLIMITED).damaged()).isEmpty();
    assertThat(engine.counters().writes().sum()).isEqualTo(2000);
  }

  @Test
  void it_is_like_a_sorted_map_whatever_is_done_to_it() {
    var random = new Random(4711);
    var twin = new TreeMap<Bytes, Bytes>();
    for (int i = 0; i < 20_000; i++) {
      Bytes key = Bytes.utf8("key/" + random.nextInt(3000) * 7919 % 3000);
      Bytes value = random.nextInt(5) == 0 ? null : value(random);
      engine.write(List.of(new Engine.Change(key, value)));
      if (value == null) {
        twin.remove(key);
      } else {
        twin.put(key, value);
      }
      if (i % 2000 == 0) {
        compare(twin, random);
      }
    }
    compare(twin, random);
  }

  /** A small value, and now and then one so large that a checkpoint keeps it apart. */
  private static Bytes value(Random random) {
    var value = new byte[random.nextInt(10) == 0 ? random.nextInt(5000) : random.nextInt(100)];
    random.nextBytes(value);
    return Bytes.wrap(value);
  }

  private void compare(NavigableMap<Bytes, Bytes> twin, Random random) {
    try (Cursor cursor = engine.cursor(Bytes.EMPTY, null)) {
      for (Map.Entry<Bytes, Bytes> expected : twin.entrySet()) {
        Engine.Entry entry = Objects.requireNonNull(cursor.next());
        assertThat(entry.key()).isEqualTo(expected.getKey());
        assertThat(entry.value()).isEqualTo(expected.getValue());
      }
      assertThat(cursor.next()).isNull();
    }
    for (int i = 0; i < 100; i++) {
      Bytes key = Bytes.utf8("key/" + random.nextInt(3100));
      Engine.Entry entry = engine.get(key);
      assertThat(entry == null ? null : entry.value()).isEqualTo(twin.get(key));
    }
    Bytes at = Bytes.utf8("key/");
    try (Cursor cursor = engine.cursor(at, null)) {
      for (int i = 0; i < 50; i++) {
        at = Bytes.utf8("key/" + (i * 20 + random.nextInt(20) + 1000));
        cursor.seek(at);
        Map.Entry<Bytes, Bytes> expected = twin.ceilingEntry(at);
        Engine.Entry entry = cursor.next();
        assertThat(entry == null ? null : entry.key())
            .isEqualTo(expected == null ? null : expected.getKey());
      }
    }
  }
}
