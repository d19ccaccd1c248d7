package rondo.metadata.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/** Rows that tests know by their numbers, and damage to the files that have them. */
public final class KnownRows {
  public static final int ROWS = 6000;

  private KnownRows() {}

  public static String key(int i) {
    return "key%05d".formatted(i);
  }

  public static String value(int i) {
    return i % 10 == 0 ? "large".repeat(500) + i : "value of the row " + i;
  }

  public static void write(Engine engine, int i) {
    engine.write(List.of(new Engine.Change(Bytes.utf8(key(i)), Bytes.utf8(value(i)))));
  }

  /**
   * Returns the files of a kind.
   *
   * @param kind the beginning or the end of their names
   */
  public static List<Path> files(Path folder, String kind) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> isOf(file.toFile().getName(), kind)).sorted().toList();
    }
  }

  private static boolean isOf(String name, String kind) {
    return name.startsWith(kind) || name.endsWith(kind);
  }

  public static void flip(Path file, long at) throws IOException {
    try (var access = new RandomAccessFile(file.toFile(), "rw")) {
      access.seek(at);
      int found = access.read();
      access.seek(at);
      access.write(found ^ 0x40);
    }
  }

  /**
   * Checks that the engine has all rows except those in lost ranges, and refuses these; returns how
   * many it refuses.
   */
  public static int check(Engine engine) {
    List<LostRange> lostRanges = engine.lostRanges();
    int lost = 0;
    for (int i = 0; i < ROWS; i++) {
      Bytes key = Bytes.utf8(key(i));
      try {
        Engine.Entry entry = engine.get(key);
        assertThat(entry == null ? null : entry.value().utf8()).isEqualTo(value(i));
        assertThat(lostRanges).noneMatch(lostRange -> lostRange.holds(key));
      } catch (EngineException e) {
        assertThat(lostRanges).as(key(i)).anyMatch(lostRange -> lostRange.holds(key));
        lost++;
      }
    }
    assertThat(scanned(engine, lostRanges)).isEqualTo(ROWS - lost);
    return lost;
  }

  /** Scans the rows between the lost ranges, and checks that a cursor ends where one begins. */
  private static int scanned(Engine engine, List<LostRange> lostRanges) {
    var ends = new TreeMap<Bytes, LostRange>();
    lostRanges.forEach(lostRange -> ends.put(lostRange.from(), lostRange));
    int seen = 0;
    Bytes from = Bytes.EMPTY;
    for (LostRange lostRange : ends.values()) {
      seen += count(engine, from, lostRange.from());
      try (Cursor cursor = engine.cursor(from, lostRange.to())) {
        assertThatThrownBy(() -> drain(cursor)).isInstanceOf(EngineException.class);
      }
      Bytes to = lostRange.to();
      if (to == null) {
        return seen;
      }
      from = to;
    }
    return seen + count(engine, from, null);
  }

  private static int count(Engine engine, Bytes from, @Nullable Bytes to) {
    try (Cursor cursor = engine.cursor(from, to)) {
      return drain(cursor);
    }
  }

  private static int drain(Cursor cursor) {
    int seen = 0;
    while (cursor.next() != null) {
      seen++;
    }
    return seen;
  }

  public static void rewrite(Engine engine) {
    for (LostRange lostRange : engine.lostRanges()) {
      for (int i = 0; i < ROWS; i++) {
        if (lostRange.holds(Bytes.utf8(key(i)))) {
          write(engine, i);
        }
      }
      engine.markRepaired(lostRange.from(), lostRange.to());
    }
  }
}
