package rondo.s3.bucket;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.auth.Identity;
import rondo.s3.error.Difference;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.listing.ContinuationToken;
import rondo.s3.request.BucketName;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.xml.Owner;
import rondo.s3.xml.Timestamps;
import rondo.store.row.Bucket;
import tools.jackson.dataformat.xml.annotation.JacksonXmlElementWrapper;
import tools.jackson.dataformat.xml.annotation.JacksonXmlProperty;

/** ListBuckets: the caller's buckets, by name. Thread-safe. */
public final class ListBuckets {
  private static final int MOST = 10_000;

  /** A request that has one of these is told the region of each bucket. */
  private static final List<String> ASKED =
      List.of("max-buckets", "prefix", "continuation-token", "bucket-region");

  private final S3Store store;
  private final String home;
  private final boolean compat;

  /**
   * @param home the region of all buckets
   */
  public ListBuckets(S3Store store, String home, boolean compat) {
    this.store = store;
    this.home = home;
    this.compat = compat;
  }

  record ListAllMyBucketsResult(
      Owner owner,
      @JacksonXmlElementWrapper(localName = "Buckets") @JacksonXmlProperty(localName = "Bucket")
          List<Entry> buckets,
      @Nullable String continuationToken,
      @Nullable String prefix) {}

  record Entry(String bucketArn, @Nullable String bucketRegion, String creationDate, String name) {}

  /**
   * @throws S3Exception AccessDenied, InvalidArgument
   */
  public S3Response answer(S3Request request) {
    Identity caller = request.caller();
    if (caller == null) {
      if (Difference.ANONYMOUS_BUCKETS.in(compat)) {
        return S3Response.document(
            new ListAllMyBucketsResult(new Owner("anonymous", ""), List.of(), null, null));
      }
      throw new S3Exception(S3Error.ACCESS_DENIED);
    }
    store.access().requireOfUser(request, "*", Action.LIST_ALL_MY_BUCKETS);
    int limit = request.query().number("max-buckets", MOST, MOST + 1);
    if (limit == 0 || limit > MOST) {
      throw S3Exception.argument(
          "max-buckets",
          request.query().value("max-buckets", ""),
          "Argument max-buckets must be an integer between 1 and 10000");
    }
    String prefix = request.query().value("prefix");
    String token = request.query().value("continuation-token", "");
    String after = token.isEmpty() ? "" : ContinuationToken.decode(token).utf8();
    String region = request.query().value("bucket-region");
    if (region != null && !region.equals(home) && !AwsRegions.NAMES.contains(region)) {
      throw S3Exception.argument(
          "bucket-region", "Argument value " + region + " is not a valid AWS Region");
    }
    List<Bucket> found =
        store.buckets().list(caller.accountId(), prefix == null ? "" : prefix, after, limit + 1);
    boolean more = found.size() > limit;
    List<Bucket> page = more ? found.subList(0, limit) : found;
    boolean told = ASKED.stream().anyMatch(name -> request.query().value(name) != null);
    return S3Response.document(
        new ListAllMyBucketsResult(
            store.acls().owners(request).of(caller.accountId()),
            page.stream()
                .filter(bucket -> region == null || region.equals(bucket.row().getRegion()))
                .map(bucket -> entry(bucket, told))
                .toList(),
            more ? ContinuationToken.encode(Bytes.utf8(page.getLast().name())) : null,
            prefix));
  }

  private static Entry entry(Bucket bucket, boolean regionToo) {
    return new Entry(
        BucketName.arn(bucket.name()),
        regionToo ? bucket.row().getRegion() : null,
        Timestamps.of(bucket.row().getCreatedMicros()),
        bucket.name());
  }
}
