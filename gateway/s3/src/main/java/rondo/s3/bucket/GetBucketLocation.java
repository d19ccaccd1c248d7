package rondo.s3.bucket;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.error.Difference;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import tools.jackson.dataformat.xml.annotation.JacksonXmlText;

/**
 * GetBucketLocation: the bucket's region, which S3 leaves empty for its first one, us-east-1.
 * Thread-safe.
 */
public final class GetBucketLocation {
  private static final String FIRST_REGION = "us-east-1";

  private final S3Store store;
  private final boolean compat;

  public GetBucketLocation(S3Store store, boolean compat) {
    this.store = store;
    this.compat = compat;
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record LocationConstraint(@JacksonXmlText @Nullable String region) {}

  public S3Response answer(S3Request request) {
    String region = store.freshBucket(request, Action.GET_BUCKET_LOCATION).row().getRegion();
    boolean unsaid = !Difference.REGION_OF_BUCKET.in(compat) && region.equals(FIRST_REGION);
    return S3Response.document(new LocationConstraint(unsaid ? null : region));
  }
}
