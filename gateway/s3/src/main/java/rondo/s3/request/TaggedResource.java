package rondo.s3.request;

import java.nio.charset.StandardCharsets;
import rondo.s3.auth.SignedRequest;
import rondo.s3.error.PercentCoding;
import rondo.s3.error.S3Exception;
import rondo.s3.request.Operation.OtherOperation;
import rondo.s3.request.Operation.SettingOperation;

/**
 * The one path of S3 Control that is answered: that of tags, {@code /v20180820/tags/ARN}. Its
 * requests name an account in a header, which no request to S3 does: a bucket of that name, {@code
 * v20180820}, can be used as any other. Pure.
 */
public final class TaggedResource {
  private static final String PATH = "/v20180820/tags/";
  private static final String ACCOUNT = "x-amz-account-id";
  private static final String BUCKET = "arn:aws:s3:::";

  private TaggedResource() {}

  /** Whether the request is one of S3 Control. */
  public static boolean isNamed(SignedRequest wire) {
    return wire.rawPath().startsWith(PATH) && wire.header(ACCOUNT) != null;
  }

  /**
   * The bucket that it names.
   *
   * @throws S3Exception InvalidArgument for what is no ARN of a bucket
   */
  public static ResourceAddress of(SignedRequest wire) {
    String raw = wire.rawPath().substring(PATH.length());
    String arn = new String(PercentCoding.decode(raw, false), StandardCharsets.UTF_8);
    String bucket = arn.startsWith(BUCKET) ? arn.substring(BUCKET.length()) : "";
    if (!BucketName.isValid(bucket)) {
      throw S3Exception.argument("resourceArn", arn, "Only buckets have tags here");
    }
    return new ResourceAddress(bucket, null);
  }

  public static Operation operation(String method) {
    return switch (method) {
      case "GET" -> SettingOperation.LIST_TAGS_FOR_RESOURCE;
      case "POST" -> SettingOperation.TAG_RESOURCE;
      case "DELETE" -> SettingOperation.UNTAG_RESOURCE;
      case "OPTIONS" -> OtherOperation.OPTIONS_OBJECT;
      default -> OtherOperation.UNKNOWN;
    };
  }
}
