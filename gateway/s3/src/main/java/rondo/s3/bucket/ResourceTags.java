package rondo.s3.bucket;

import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Header;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.object.TagReader;
import rondo.s3.request.BodyReader;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.xml.TagSet;
import rondo.s3.xml.Xml;

/**
 * ListTagsForResource, TagResource and UntagResource of S3 Control, for buckets: the same tags as
 * of {@link BucketTagging}, which are changed one by one here. Thread-safe.
 */
public final class ResourceTags {
  /** Fifty tags of the greatest length, in four bytes a character, and their elements. */
  private static final int MOST_BYTES = 128 * 1024;

  private static final String REMOVED = "tagKeys";

  private final S3Store store;

  public ResourceTags(S3Store store) {
    this.store = store;
  }

  record ListTagsForResourceResult(@Nullable TagSet tags) {}

  record TagResourceRequest(@Nullable TagSet tags) {}

  public S3Response get(S3Request request) {
    List<Header> tags =
        store.freshBucket(request, Action.LIST_TAGS_FOR_RESOURCE).row().getTagsList();
    var document = new ListTagsForResourceResult(TagReader.document(tags).tagSet());
    return S3Response.ok()
        .header("Content-Type", "application/xml")
        .with(new S3Response.Content.Bytes(Buffer.buffer(Xml.writeControl(document))));
  }

  /**
   * @throws S3Exception MalformedXML, InvalidTag
   */
  public S3Response add(S3Request request) {
    var bucket = store.freshBucket(request, Action.TAG_RESOURCE);
    TagSet set =
        Xml.read(BodyReader.document(request, MOST_BYTES), TagResourceRequest.class).tags();
    List<Header> added = TagReader.ofSet(set, BucketTagging.MOST_TAGS);
    if (added.isEmpty()) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    store
        .buckets()
        .change(
            bucket,
            row -> {
              List<Header> tags = merged(row.getTagsList(), added);
              TagReader.checkNumber(tags, BucketTagging.MOST_TAGS);
              return row.toBuilder().clearTags().addAllTags(tags).build();
            });
    return S3Response.of(204);
  }

  private static List<Header> merged(List<Header> there, List<Header> added) {
    Map<String, Header> tags = new LinkedHashMap<>();
    there.forEach(tag -> tags.put(tag.getName(), tag));
    added.forEach(tag -> tags.put(tag.getName(), tag));
    return List.copyOf(tags.values());
  }

  /**
   * @throws S3Exception InvalidRequest
   */
  public S3Response remove(S3Request request) {
    var bucket = store.freshBucket(request, Action.UNTAG_RESOURCE);
    Set<String> keys = Set.copyOf(request.query().values(REMOVED));
    if (keys.isEmpty()) {
      throw new S3Exception(S3Error.INVALID_REQUEST, "The parameter tagKeys is missing");
    }
    store
        .buckets()
        .change(
            bucket,
            row -> {
              List<Header> left =
                  row.getTagsList().stream().filter(tag -> !keys.contains(tag.getName())).toList();
              return row.toBuilder().clearTags().addAllTags(left).build();
            });
    return S3Response.of(204);
  }
}
