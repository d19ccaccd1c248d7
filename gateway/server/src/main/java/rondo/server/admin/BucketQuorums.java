package rondo.server.admin;

import java.util.Map;
import rondo.ring.placement.Placement;
import rondo.ring.placement.Quorums;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.port.Placements;
import rondo.s3.error.S3Exception;
import rondo.store.row.Bucket;
import tools.jackson.databind.JsonNode;

/**
 * How many copies a bucket's rows have, and how many of them a read and a write wait for.
 *
 * @param asked the quorums that the bucket asks for
 * @param available whether these numbers of any reachable nodes are enough
 * @param reads the layout's: no bucket asks for less, since fences and moves rely on these quorums
 * @param writes the layout's
 */
record BucketQuorums(Quorums asked, boolean available, ReplicaSet reads, ReplicaSet writes) {
  static BucketQuorums of(Bucket bucket, Placements placements) {
    Placement placement = placements.of(bucket.shards().getFirst());
    return new BucketQuorums(
        bucket.quorums(),
        bucket.isAvailable(),
        placement.readSets().getFirst(),
        placement.writeSets().getFirst());
  }

  private int n() {
    return writes.nodes().size();
  }

  Map<String, Object> shown() {
    return Map.of(
        "n", n(),
        "r", in(asked.r(), reads),
        "w", in(asked.w(), writes),
        "available", available);
  }

  private int in(int asked, ReplicaSet set) {
    return Math.max(least(set), Math.min(asked, set.nodes().size()));
  }

  /** An available bucket waits for the layout's quorums only as long as they can be reached. */
  private int least(ReplicaSet set) {
    return available ? 1 : set.needed();
  }

  /**
   * The quorums that a request asks for.
   *
   * @throws S3Exception InvalidArgument
   */
  Quorums wanted(JsonNode body) {
    int n = body.path("n").asInt(0);
    if (n != 0 && n != n()) {
      throw S3Exception.argument(
          "n",
          String.valueOf(n),
          "It has %d copies; 'rondo bucket copies' gives it others".formatted(n()));
    }
    return new Quorums(wanted(body, "r", reads), wanted(body, "w", writes));
  }

  private int wanted(JsonNode body, String name, ReplicaSet layout) {
    int wanted = body.path(name).asInt(0);
    if (wanted != 0 && (wanted < least(layout) || wanted > layout.nodes().size())) {
      throw S3Exception.argument(
          name,
          String.valueOf(wanted),
          "It is at least the cluster's, %d, and at most N, %d"
              .formatted(least(layout), layout.nodes().size()));
    }
    return Math.max(1, wanted);
  }
}
