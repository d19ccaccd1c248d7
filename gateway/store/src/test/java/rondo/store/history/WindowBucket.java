package rondo.store.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import rondo.metadata.listing.PageCursor;
import rondo.metadata.rows.ObjectRow;
import rondo.ring.message.Reply;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;
import rondo.store.MemoryBlobs;
import rondo.store.Store;
import rondo.store.StoreCluster;
import rondo.store.object.StoredObject;
import rondo.store.row.Bucket;

/** A bucket called b over three replicas, whose wall clock stands still until told to go. */
final class WindowBucket implements Time {
  private final AtomicLong micros = new AtomicLong(Duration.ofDays(20_000).toNanos() / 1_000);
  final StoreCluster cluster = new StoreCluster(this);
  final Store store = cluster.gateway(1);
  final UndeleteWindows windows = new UndeleteWindows(store);

  WindowBucket() {
    store.buckets().create("b", "ann", "r");
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public long wallMicros() {
    return micros.get();
  }

  /** Lets a time pass, and returns the time in the middle of it. */
  long pass(Duration time) {
    long middle = wallMicros() + time.toNanos() / 2_000;
    micros.addAndGet(time.toNanos() / 1_000);
    return middle;
  }

  long passMinute() {
    return pass(Duration.ofMinutes(1));
  }

  Bucket bucket() {
    return store.buckets().fresh("b");
  }

  static ObjectRow row(String blob) {
    return ObjectRow.newBuilder().setEtag(blob).addSegments(MemoryBlobs.segment(blob)).build();
  }

  ObjectRow put(String key, String blob) {
    return store.objects().write(bucket(), key, row(blob));
  }

  void delete(String key) {
    store.objects().delete(bucket(), key, ObjectRow.getDefaultInstance(), null);
  }

  @Nullable String current(String key) {
    return etag(store.objects().read(bucket(), key));
  }

  @Nullable String then(String key, long asOf) {
    return etag(new HistoryReader(store).find(bucket(), key, asOf));
  }

  private static @Nullable String etag(@Nullable StoredObject stored) {
    return stored == null ? null : stored.row().getEtag();
  }

  /** The names in a listing as of a time, in pages of that many. */
  List<String> listed(long asOf, String prefix, @Nullable String delimiter, int limit) {
    var names = new ArrayList<String>();
    var listing = new HistoryListing(store, bucket(), Bytes.utf8(prefix), asOf);
    Bytes split = delimiter == null ? null : Bytes.utf8(delimiter);
    for (Reply.Entry entry :
        PageCursor.from(Bytes.EMPTY, from -> listing.page(from, split, limit))) {
      Bytes group = entry.group();
      names.add((group == null ? entry.sort() : group).utf8());
    }
    return names;
  }
}
