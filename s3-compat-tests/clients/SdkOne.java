import com.amazonaws.HttpMethod;
import com.amazonaws.auth.EnvironmentVariableCredentialsProvider;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.AmazonS3ClientBuilder;
import com.amazonaws.services.s3.Headers;
import com.amazonaws.services.s3.model.AmazonS3Exception;
import com.amazonaws.services.s3.model.BucketVersioningConfiguration;
import com.amazonaws.services.s3.model.CompleteMultipartUploadRequest;
import com.amazonaws.services.s3.model.CopyObjectRequest;
import com.amazonaws.services.s3.model.DeleteObjectsRequest;
import com.amazonaws.services.s3.model.DeleteObjectsRequest.KeyVersion;
import com.amazonaws.services.s3.model.GeneratePresignedUrlRequest;
import com.amazonaws.services.s3.model.GetObjectMetadataRequest;
import com.amazonaws.services.s3.model.GetObjectRequest;
import com.amazonaws.services.s3.model.GetObjectTaggingRequest;
import com.amazonaws.services.s3.model.InitiateMultipartUploadRequest;
import com.amazonaws.services.s3.model.ListVersionsRequest;
import com.amazonaws.services.s3.model.ObjectMetadata;
import com.amazonaws.services.s3.model.ObjectTagging;
import com.amazonaws.services.s3.model.PartETag;
import com.amazonaws.services.s3.model.PutObjectRequest;
import com.amazonaws.services.s3.model.S3VersionSummary;
import com.amazonaws.services.s3.model.SetBucketVersioningConfigurationRequest;
import com.amazonaws.services.s3.model.Tag;
import com.amazonaws.services.s3.model.UploadPartRequest;
import com.amazonaws.services.s3.model.VersionListing;
import com.amazonaws.services.s3.transfer.TransferManagerBuilder;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The last AWS SDK for Java 1. Arguments: endpoint, bucket, a local folder. */
final class SdkOne {
  private static final int PART = 5 << 20;
  private static final byte[] LARGE = new byte[2 * PART + 7];

  private final AmazonS3 s3;
  private final String bucket;

  private SdkOne(AmazonS3 s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  public static void main(String[] arguments) throws Exception {
    new Random(7).nextBytes(LARGE);
    AmazonS3 s3 =
        AmazonS3ClientBuilder.standard()
            .withEndpointConfiguration(new EndpointConfiguration(arguments[0], "us-east-1"))
            .withCredentials(new EnvironmentVariableCredentialsProvider())
            .withPathStyleAccessEnabled(true)
            .build();
    var sdk = new SdkOne(s3, arguments[1]);
    s3.createBucket(arguments[1]);
    sdk.keeps();
    sdk.signs();
    sdk.sendsInParts();
    sdk.transfers(Path.of(arguments[2]));
    sdk.listsVersions();
    s3.deleteBucket(arguments[1]);
    System.out.println("all is well");
  }

  /** What is put comes back: signed pieces, metadata with its blanks, tags, copies, refusals. */
  private void keeps() throws IOException {
    var told = new ObjectMetadata();
    told.setContentLength(70_000);
    told.setContentType("x/y");
    told.addUserMetadata("note", "one  two");
    byte[] body = Arrays.copyOf(LARGE, 70_000);
    s3.putObject(
        new PutObjectRequest(bucket, "ключ +%41", new ByteArrayInputStream(body), told)
            .withTagging(new ObjectTagging(List.of(new Tag("k", "v w")))));
    check(Arrays.equals(read("ключ +%41"), body), "what is put is read");
    ObjectMetadata head = s3.getObjectMetadata(bucket, "ключ +%41");
    check(
        head.getUserMetaDataOf("note").equals("one  two"), "metadata is " + head.getUserMetadata());
    var copy = new CopyObjectRequest(bucket, "ключ +%41", bucket, "copy +");
    check(s3.copyObject(copy).getETag().equals(head.getETag()), "a copy has its source's ETag");
    var tags = s3.getObjectTagging(new GetObjectTaggingRequest(bucket, "copy +")).getTagSet();
    check(tags.equals(List.of(new Tag("k", "v w"))), "and its tags");
    var unless =
        new GetObjectRequest(bucket, "copy +").withNonmatchingETagConstraint(head.getETag());
    check(s3.getObject(unless) == null, "and isn't read again unless it changed");
    refused("NoSuchKey", () -> s3.getObject(bucket, "none"));
    refused("404 Not Found", () -> s3.getObjectMetadata(bucket, "none"));
    remove();
  }

  /** Its presigner puts every header into the query. */
  private void signs() throws Exception {
    var put = new GeneratePresignedUrlRequest(bucket, "signed +", HttpMethod.PUT);
    put.setExpiration(Date.from(Instant.now().plusSeconds(60)));
    put.addRequestParameter("x-amz-meta-note", "one two");
    put.addRequestParameter(Headers.S3_TAGGING, "k=v");
    put.putCustomRequestHeader("x-amz-meta-other", "three");
    put.putCustomRequestHeader(Headers.CACHE_CONTROL, "max-age=9");
    put.setSSEAlgorithm("AES256");
    String url = s3.generatePresignedUrl(put).toString();
    String[] headers = {"x-amz-meta-other", "three", "cache-control", "max-age=9"};
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[4] = Headers.SERVER_SIDE_ENCRYPTION;
    all[5] = "AES256";
    check(send("PUT", url, "body", all).statusCode() == 200, "a presigned URL puts: " + url);
    ObjectMetadata told = s3.getObjectMetadata(bucket, "signed +");
    check(
        told.getUserMetadata().equals(Map.of("note", "one two", "other", "three")),
        "metadata is " + told.getUserMetadata() + " by " + url);
    check("max-age=9".equals(told.getCacheControl()), "a header is kept: " + url);
    check("AES256".equals(told.getSSEAlgorithm()), "encrypted: " + url);
    var tags = s3.getObjectTagging(new GetObjectTaggingRequest(bucket, "signed +")).getTagSet();
    check(tags.equals(List.of(new Tag("k", "v"))), "tags are " + tags);

    var get = new GeneratePresignedUrlRequest(bucket, "signed +", HttpMethod.GET);
    get.addRequestParameter("response-content-type", "a/b");
    var answer = send("GET", s3.generatePresignedUrl(get).toString(), "");
    check(answer.body().equals("body"), "a presigned URL gets: " + answer.body());
    check(answer.headers().firstValue("content-type").orElse("").equals("a/b"), "as it says");
    remove();
  }

  private void sendsInParts() throws IOException {
    String id =
        s3.initiateMultipartUpload(new InitiateMultipartUploadRequest(bucket, "parts"))
            .getUploadId();
    List<PartETag> parts = new ArrayList<>();
    for (int n = 0; n < 3; n++) {
      int size = Math.min(PART, LARGE.length - n * PART);
      var part = new UploadPartRequest().withBucketName(bucket).withKey("parts").withUploadId(id);
      part.setPartNumber(n + 1);
      part.setPartSize(size);
      part.setInputStream(new ByteArrayInputStream(LARGE, n * PART, size));
      parts.add(s3.uploadPart(part).getPartETag());
    }
    s3.completeMultipartUpload(new CompleteMultipartUploadRequest(bucket, "parts", id, parts));
    check(Arrays.equals(read("parts"), LARGE), "parts are read as one");
    var second =
        s3.getObjectMetadata(new GetObjectMetadataRequest(bucket, "parts").withPartNumber(2));
    check(second.getContentLength() == PART && second.getPartCount() == 3, "parts are told");
    var range = new GetObjectRequest(bucket, "parts").withRange(PART - 1, PART);
    try (var some = s3.getObject(range).getObjectContent()) {
      check(
          Arrays.equals(some.readAllBytes(), Arrays.copyOfRange(LARGE, PART - 1, PART + 1)),
          "and ranges over them");
    }
    remove();
  }

  private void transfers(Path folder) throws Exception {
    File file = Files.write(folder.resolve("large"), LARGE).toFile();
    var transfers =
        TransferManagerBuilder.standard()
            .withS3Client(s3)
            .withMultipartUploadThreshold((long) PART)
            .withMinimumUploadPartSize((long) PART)
            .withMultipartCopyThreshold((long) PART)
            .withMultipartCopyPartSize((long) PART)
            .build();
    transfers.upload(bucket, "managed", file).waitForCompletion();
    transfers.copy(bucket, "managed", bucket, "copied +").waitForCompletion();
    File back = folder.resolve("back").toFile();
    transfers.download(bucket, "copied +", back).waitForCompletion();
    check(Files.mismatch(file.toPath(), back.toPath()) == -1, "files come back");
    transfers.shutdownNow(false);
    remove();
  }

  /** Versions and markers come by key, newest first, on pages that cut a key's versions. */
  private void listsVersions() {
    s3.setBucketVersioningConfiguration(
        new SetBucketVersioningConfigurationRequest(
            bucket, new BucketVersioningConfiguration(BucketVersioningConfiguration.ENABLED)));
    for (String key : List.of("a", "b", "a", "b")) {
      s3.putObject(bucket, key, key);
      s3.deleteObject(bucket, key);
    }
    List<String> seen = new ArrayList<>();
    VersionListing page =
        s3.listVersions(new ListVersionsRequest().withBucketName(bucket).withMaxResults(3));
    while (true) {
      for (S3VersionSummary one : page.getVersionSummaries()) {
        seen.add(one.getKey() + (one.isDeleteMarker() ? "-" : "+") + (one.isLatest() ? "!" : ""));
      }
      if (!page.isTruncated()) {
        break;
      }
      page = s3.listNextBatchOfVersions(page);
    }
    check(
        seen.equals(List.of("a-!", "a+", "a-", "a+", "b-!", "b+", "b-", "b+")),
        "versions come as " + seen);
    remove();
  }

  private void remove() {
    List<KeyVersion> all =
        s3.listVersions(bucket, "").getVersionSummaries().stream()
            .map(one -> new KeyVersion(one.getKey(), one.getVersionId()))
            .toList();
    var gone = s3.deleteObjects(new DeleteObjectsRequest(bucket).withKeys(all));
    check(gone.getDeletedObjects().size() == all.size(), "what is removed is told");
  }

  private byte[] read(String key) throws IOException {
    try (var content = s3.getObject(bucket, key).getObjectContent()) {
      return content.readAllBytes();
    }
  }

  private static HttpResponse<String> send(
      String method, String url, String body, String... headers) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static void refused(String code, Runnable call) {
    try {
      call.run();
    } catch (AmazonS3Exception e) {
      check(e.getErrorCode().equals(code), "refused with " + e.getErrorCode());
      return;
    }
    check(false, "not refused with " + code);
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
