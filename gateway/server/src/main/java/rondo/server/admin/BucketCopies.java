package rondo.server.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.placement.Ring;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.store.row.Bucket;

/** How many copies a bucket's rows and blobs should have, and which shards don't have them yet. */
record BucketCopies(Layout layout) {
  /**
   * The copies under a layout.
   *
   * @param layout the newest that this node knows
   * @throws S3Exception ServiceUnavailable when there is none
   */
  static BucketCopies under(@Nullable Layout layout) {
    if (layout == null) {
      throw new S3Exception(S3Error.SERVICE_UNAVAILABLE);
    }
    return new BucketCopies(layout);
  }

  /**
   * The class of copies with that number of copies; class 0, the cluster's own, for 0.
   *
   * @throws S3Exception InvalidArgument when operators have made no such class
   */
  int classOf(int copies) {
    int number = layout.members().classOf(copies);
    if (copies != 0 && number == 0) {
      throw S3Exception.argument(
          "n",
          String.valueOf(copies),
          "The cluster has no partitions of %d copies: 'rondo layout stage class %d' and 'rondo layout apply' make them"
              .formatted(copies, copies));
    }
    return number;
  }

  /** The bucket's number of copies and the number of shards that have yet to move, for JSON. */
  Map<String, Object> shown(Bucket bucket) {
    var shown = new LinkedHashMap<String, Object>();
    var wishes = layout.members().wishes();
    boolean known = bucket.copyClass() < wishes.size();
    shown.put("copies", known ? wishes.get(bucket.copyClass()).n() : 0);
    shown.put("ownCopies", bucket.copyClass() != 0);
    shown.put(
        "shardsToMove",
        bucket.shards().stream().filter(it -> Ring.classOf(it) != bucket.copyClass()).count());
    return shown;
  }
}
