package rondo.s3.listing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rondo.metadata.listing.PageCursor;
import rondo.metadata.table.RowKey;
import rondo.metadata.table.Tables;
import rondo.ring.message.Reply;
import rondo.ring.value.Bytes;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.asof.AsOfHeader;
import rondo.s3.error.PercentCoding;
import rondo.s3.error.S3Exception;
import rondo.s3.request.QueryParameters;
import rondo.s3.request.S3Request;
import rondo.store.history.HistoryListing;
import rondo.store.listing.BucketListing;
import rondo.store.row.Bucket;
import rondo.store.row.Consistency;

/**
 * The parameters that all listings of keys share.
 *
 * @param delimiter null for none
 * @param encoded whether keys are percent-encoded in the answer
 * @param limit the largest number of entries on a page, 1,000 at most
 */
public record ListingScope(String prefix, @Nullable String delimiter, boolean encoded, int limit) {
  private static final int MOST = 1000;

  /**
   * @param limitName name of the query parameter that bounds a page
   * @throws S3Exception InvalidArgument
   */
  public static ListingScope of(QueryParameters query, String limitName) {
    String encoding = query.value("encoding-type");
    if (encoding != null && !encoding.equals("url")) {
      throw S3Exception.argument(
          "encoding-type", encoding, "Invalid Encoding Method specified in Request");
    }
    String delimiter = query.value("delimiter", "");
    if ("true".equalsIgnoreCase(query.value("allow-unordered")) && !delimiter.isEmpty()) {
      throw S3Exception.argument(
          "allow-unordered", "true", "A listing with a delimiter can't be unordered");
    }
    return new ListingScope(
        query.value("prefix", ""),
        delimiter.isEmpty() ? null : delimiter,
        encoding != null,
        query.number(limitName, MOST, MOST));
  }

  /** The value of EncodingType in the answer; null for none. */
  public @Nullable String encodingType() {
    return encoded ? "url" : null;
  }

  /** The text as the answer writes it, percent-encoded if the request asks for that. */
  public String encode(String text) {
    return encoded ? PercentCoding.encode(text.getBytes(StandardCharsets.UTF_8), true) : text;
  }

  public @Nullable String encodeOrNull(@Nullable String text) {
    return text == null ? null : encode(text);
  }

  /**
   * The first position behind a marker. A marker that is a common prefix or lies under one is
   * followed by the end of that prefix, any other by the next key.
   */
  public Bytes behind(String marker) {
    if (marker.isEmpty()) {
      return Bytes.EMPTY;
    }
    String group = group(marker);
    if (group != null) {
      Bytes after = RowKey.after(Bytes.utf8(group));
      return after == null ? PageCursor.behind(Bytes.utf8(marker)) : after;
    }
    return PageCursor.behind(Bytes.utf8(marker));
  }

  /** Whether a marker is a common prefix, or lies under one. */
  boolean isGroup(String marker) {
    return group(marker) != null;
  }

  private @Nullable String group(String marker) {
    int at =
        delimiter == null || !marker.startsWith(prefix)
            ? -1
            : marker.indexOf(delimiter, prefix.length());
    return at < 0 ? null : marker.substring(0, at + Objects.requireNonNull(delimiter).length());
  }

  /**
   * The page of the objects at {@code from} that the bucket has, or had as of the time that the
   * request asks for. A limit of 0 gives an empty page without a read.
   */
  Reply.Page objects(S3Store store, S3Request request, Bucket bucket, Bytes from) {
    Long asOf = AsOfHeader.micros(request);
    if (asOf == null) {
      return objects(store.listing(), bucket, from);
    }
    var listing = new HistoryListing(store.all(), bucket, Bytes.utf8(prefix), asOf);
    return limit == 0
        ? new Reply.Page(List.of(), false)
        : listing.page(from, delimiter == null ? null : Bytes.utf8(delimiter), limit);
  }

  /** The right that a listing of objects needs: as of an earlier time, that on versions. */
  static Action action(S3Request request) {
    return AsOfHeader.micros(request) == null ? Action.LIST_BUCKET : Action.LIST_BUCKET_VERSIONS;
  }

  /** The page of objects at {@code from}. A limit of 0 gives an empty page without a read. */
  Reply.Page objects(BucketListing listing, Bucket bucket, Bytes from) {
    return limit == 0
        ? new Reply.Page(List.of(), false)
        : listing
            .at(Consistency.current().ofListing(bucket))
            .page(
                bucket,
                Tables.OBJECTS,
                Bytes.utf8(prefix),
                from,
                delimiter == null ? null : Bytes.utf8(delimiter),
                limit);
  }

  List<CommonPrefix> prefixes(Reply.Page page) {
    return page.entries().stream()
        .map(Reply.Entry::group)
        .filter(Objects::nonNull)
        .map(group -> new CommonPrefix(encode(Objects.requireNonNull(group).utf8())))
        .toList();
  }

  /** The last entry's name: its key or its common prefix. */
  static String last(Reply.Page page) {
    Reply.Entry last = page.entries().getLast();
    Bytes group = last.group();
    return (group == null ? last.sort() : group).utf8();
  }

  /** Keys rolled up under one prefix that ends in the delimiter. */
  public record CommonPrefix(String prefix) {}
}
