package rondo.s3.http;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import rondo.metadata.engine.Durability;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineOptions;
import rondo.metadata.engine.lsm.LogEngine;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.table.Keys;
import rondo.metadata.table.RowKey;
import rondo.ring.message.Request;
import rondo.ring.register.RegisterState;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;
import rondo.server.boot.NodeProcess;
import rondo.store.system.SystemPorts;

/**
 * Measures on a whole node whether a listing with a delimiter costs the same over many keys in one
 * prefix as over few. Run {@code HowLongIsADelimiterListing FOLDER [MANY]} with an empty folder. Of
 * ten keys one is behind a delete marker and one was deleted.
 */
final class HowLongIsADelimiterListing {
  private static final int FEW = 10_000;
  private static final int REQUESTS = 300;
  private static final int ROUNDS = 5;
  private static final int PREFIXES = 20;
  private static final byte[] NOTHING = new byte[0];
  private static final Random RANDOM = new Random(1);

  private HowLongIsADelimiterListing() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int many = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000_000;
    try (NodeProcess node = start(folder)) {
      var client = new RawClient(node.s3Port());
      for (String bucket : List.of("few", "many")) {
        if (client.send("PUT", "/" + bucket, NOTHING).status() != 200) {
          throw new IllegalStateException("no bucket");
        }
      }
    }
    long start = System.nanoTime();
    try (Engine engine =
        LogEngine.open(
            folder.resolve("metadata"),
            EngineOptions.defaults(Durability.NONE),
            SystemPorts.TIME)) {
      load(engine, "few", FEW);
      load(engine, "many", many);
    }
    System.out.printf("loaded in %,d s%n", (System.nanoTime() - start) / 1_000_000_000);
    try (NodeProcess node = start(folder)) {
      compare(new RawClient(node.s3Port()), many);
    }
  }

  private static NodeProcess start(Path folder) {
    NodeProcess node = TestNode.start(folder);
    while (!node.trouble().isEmpty()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    return node;
  }

  private static void load(Engine engine, String bucket, int rows) throws IOException {
    var row = Objects.requireNonNull(engine.get(RowKey.encode(Keys.bucket(bucket))));
    Bytes value = RegisterState.decode(row.value()).current().value();
    byte[] id =
        BucketRow.parseFrom(Objects.requireNonNull(value).array())
            .getShards(0)
            .getId()
            .toByteArray();
    load(engine, Bytes.wrap(id), rows, "all/%09d"::formatted);
    load(engine, Bytes.wrap(id), PREFIXES, "b%02d/x"::formatted);
  }

  private static void load(Engine engine, Bytes shard, int rows, IntFunction<String> name) {
    for (int i = 0; i < rows; i++) {
      var row =
          ObjectRow.newBuilder().setEtag("e".repeat(32)).setSize(i).setModifiedMicros(1L << 50);
      row.setDeleteMarker(rows > PREFIXES && i % 10 == 1);
      boolean deleted = rows > PREFIXES && i % 10 == 2;
      Bytes value = deleted ? null : Bytes.wrap(row.build().toByteArray());
      Key key = Keys.object(shard, Bytes.utf8(name.apply(i)));
      var write = new Request.Propagate(1, key, new VersionedValue(new Stamp(1, 1, 0), value));
      Bytes state = RegisterState.NEVER.propagate(write).state().encode();
      engine.write(List.of(new Engine.Change(RowKey.encode(key), state)));
    }
  }

  private static void compare(RawClient client, int many) throws IOException {
    for (boolean anywhere : new boolean[] {false, true}) {
      var ratios = new double[ROUNDS];
      for (int round = -1; round < ROUNDS; round++) { // The first call warms up.
        double ofFew = median(client, "few", anywhere ? FEW : 0);
        double ofMany = median(client, "many", anywhere ? many : 0);
        ratios[Math.max(0, round)] = ofMany / ofFew;
        System.out.printf(
            "from %s: over %,d keys %.0f us, over %,d keys %.0f us%n",
            anywhere ? "anywhere in the prefix" : "the start", FEW, ofFew, many, ofMany);
      }
      Arrays.sort(ratios);
      System.out.printf(
          "ratio: median %.2f (%.2f to %.2f)%n", ratios[ROUNDS / 2], ratios[0], ratios[ROUNDS - 1]);
    }
  }

  /** The median time of a listing, in microseconds. */
  private static double median(RawClient client, String bucket, int rows) throws IOException {
    var nanos = new long[REQUESTS];
    for (int i = 0; i < REQUESTS; i++) {
      String after =
          rows == 0 ? "" : "&start-after=all%2F" + "%09d".formatted(RANDOM.nextInt(rows - 10));
      long start = System.nanoTime();
      var answer = client.get("/" + bucket + "?delimiter=%2F&list-type=2" + after);
      nanos[i] = System.nanoTime() - start;
      if (answer.status() != 200 || answer.text().split("<CommonPrefixes>", -1).length < PREFIXES) {
        throw new IllegalStateException(answer.text());
      }
    }
    Arrays.sort(nanos);
    return nanos[REQUESTS / 2] / 1000.0;
  }
}
