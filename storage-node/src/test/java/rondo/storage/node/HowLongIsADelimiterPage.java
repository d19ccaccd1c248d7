package rondo.storage.node;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.Durability;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineOptions;
import rondo.metadata.engine.TickingTime;
import rondo.metadata.engine.lsm.LogEngine;
import rondo.metadata.engine.rocks.RocksEngine;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.table.RowKey;
import rondo.metadata.table.Tables;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.message.ScanRange;
import rondo.ring.register.RegisterState;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/**
 * Measures, on one replica, whether a page with a delimiter costs the same over many keys as over
 * few: {@code HowLongIsADelimiterPage FOLDER log|rocksdb [MANY]}. One key in ten is hidden by a
 * delete marker, and one was deleted.
 */
final class HowLongIsADelimiterPage {
  private static final int FEW = 10_000;
  private static final int PAGES = 2000;
  private static final int ROUNDS = 5;
  private static final int PREFIXES = 20;
  private static final int GROUPS = 1000;
  private static final Bytes SLASH = Bytes.utf8("/");
  private static final Bytes SHARD_OF_FEW = Bytes.utf8("shard-with-fewer");
  private static final Bytes SHARD_OF_MANY = Bytes.utf8("shard-with-many-");

  private final Engine engine;
  private final int many;
  private final Random random = new Random(1);

  private HowLongIsADelimiterPage(Engine engine, int many) {
    this.engine = engine;
    this.many = many;
  }

  public static void main(String[] arguments) {
    int many = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10_000_000;
    Path folder = Path.of(arguments[0]);
    var options = EngineOptions.defaults(Durability.NONE);
    boolean log = arguments[1].equals("log");
    try (Engine engine =
        log
            ? LogEngine.open(folder, options, new TickingTime())
            : RocksEngine.open(folder, options, new TickingTime())) {
      var measure = new HowLongIsADelimiterPage(engine, many);
      for (int table : new int[] {Tables.OBJECTS, Tables.VERSIONS}) {
        measure.compare(table);
      }
    }
  }

  private void compare(int table) {
    long start = System.nanoTime();
    load(table, SHARD_OF_FEW, FEW, i -> "all/%09d".formatted(i));
    load(table, SHARD_OF_MANY, many, i -> "all/%09d".formatted(i));
    System.out.printf("table %d: loaded in %,d s%n", table, (System.nanoTime() - start) >> 30);
    show(table, "from the start", (shard, rows) -> page(table, shard, "", PREFIXES + 1));
    show(
        table,
        "from anywhere in the long prefix",
        (shard, rows) ->
            page(table, shard, "all/%09d".formatted(random.nextInt(rows - 10)), PREFIXES + 1));
    if (table == Tables.OBJECTS) {
      groups(table);
    }
  }

  /** Loads as many keys, spread over a page of prefixes. */
  private void groups(int table) {
    Bytes few = Bytes.utf8("shard-of-prefix1");
    Bytes lots = Bytes.utf8("shard-of-prefix2");
    load(table, few, FEW, i -> "g%04d/%09d".formatted(i / (FEW / GROUPS), i));
    int each = Math.max(1, many / 10 / GROUPS);
    load(table, lots, each * GROUPS, i -> "g%04d/%09d".formatted(i / each, i));
    for (Bytes shard : List.of(few, lots)) {
      double[] times = new double[ROUNDS];
      for (int round = -1; round < ROUNDS; round++) {
        double micros = median(20, () -> page(table, shard, "", GROUPS));
        times[Math.max(0, round)] = micros;
      }
      System.out.printf(
          "page of %d prefixes of %d keys each: %s us%n",
          GROUPS, shard.equals(few) ? FEW / GROUPS : each, Arrays.toString(times));
    }
  }

  private interface Page {
    void of(Bytes shard, int rows);
  }

  private void show(int table, String what, Page page) {
    var ratios = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) { // the first one warms up
      double ofFew = median(PAGES, () -> page.of(SHARD_OF_FEW, FEW));
      double ofMany = median(PAGES, () -> page.of(SHARD_OF_MANY, many));
      ratios[Math.max(0, round)] = ofMany / ofFew;
      System.out.printf(
          "table %d, %s: over %,d keys %.1f us, over %,d keys %.1f us%n",
          table, what, FEW, ofFew, many, ofMany);
    }
    Arrays.sort(ratios);
    System.out.printf(
        "ratio: median %.2f (%.2f to %.2f)%n", ratios[ROUNDS / 2], ratios[0], ratios[ROUNDS - 1]);
  }

  private void load(int table, Bytes shard, int rows, IntFunction<String> name) {
    Bytes suffix = Bytes.wrap(new byte[Tables.suffixBytes(table)]);
    for (int i = 0; i < rows; i++) {
      boolean marker = i % 10 == 1;
      var row = ObjectRow.newBuilder().setEtag("e".repeat(32)).setSize(i).setDeleteMarker(marker);
      Bytes value = i % 10 == 2 ? null : Bytes.wrap(row.build().toByteArray());
      put(table, shard, Bytes.concat(Bytes.utf8(name.apply(i)), suffix), value);
    }
    for (int i = 0; i < PREFIXES && name.apply(0).startsWith("all"); i++) {
      var row = ObjectRow.newBuilder().setEtag("e").setSize(1);
      Bytes sort = Bytes.concat(Bytes.utf8("b%02d/x".formatted(i)), suffix);
      put(table, shard, sort, Bytes.wrap(row.build().toByteArray()));
    }
  }

  private void put(int table, Bytes shard, Bytes sort, @Nullable Bytes value) {
    var key = new Key(table, shard, sort);
    var state = new VersionedValue(new Stamp(1, 1, 0), value);
    Bytes register =
        RegisterState.NEVER.propagate(new Request.Propagate(1, key, state)).state().encode();
    engine.write(List.of(new Engine.Change(RowKey.encode(key), register)));
  }

  /** Returns the median time in microseconds. */
  private static double median(int count, Runnable page) {
    var nanos = new long[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      page.run();
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos[count / 2] / 1000.0;
  }

  private void page(int table, Bytes shard, String from, int expected) {
    var range = new ScanRange(table, shard, Bytes.EMPTY, Bytes.utf8(from), SLASH, 1000);
    var page = (Reply.Page) RowScan.page(engine, range, false).reply();
    if (page.entries().size() != expected) {
      throw new IllegalStateException(page.entries().size() + " entries");
    }
  }
}
