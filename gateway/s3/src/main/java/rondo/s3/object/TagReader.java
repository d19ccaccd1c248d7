package rondo.s3.object;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Header;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.QueryParameters;
import rondo.s3.xml.Tag;
import rondo.s3.xml.TagSet;
import rondo.s3.xml.Tagging;

/** Tags, from a header or a document ("Object tagging", Amazon S3 user guide). Pure. */
public final class TagReader {
  /** So many an object has at most. */
  public static final int MOST_OF_OBJECT = 10;

  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_VALUE = 256;
  private static final Pattern CHARACTERS =
      Pattern.compile("[\\p{L}\\p{N}\\p{Z}\\s+\\-=._:/@]*", Pattern.UNICODE_CHARACTER_CLASS);

  private TagReader() {}

  /**
   * The tags of an {@code x-amz-tagging} header, which has the form of a query.
   *
   * @throws S3Exception InvalidTag, InvalidArgument
   */
  static List<Header> ofHeader(@Nullable String value) {
    if (value == null || value.isEmpty()) {
      return List.of();
    }
    var tags = new ArrayList<Header>();
    for (String pair : value.split("&", -1)) {
      var query = new QueryParameters(pair);
      if (query.names().size() != 1) {
        throw S3Exception.argument(
            "x-amz-tagging",
            value,
            "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query"
                + " parameters without tag name duplicates.");
      }
      String name = query.names().iterator().next();
      tags.add(tag(name, Objects.requireNonNullElse(query.value(name), "")));
    }
    return checked(tags, MOST_OF_OBJECT);
  }

  /**
   * The tags of a document.
   *
   * @throws S3Exception InvalidTag, MalformedXML
   */
  public static List<Header> ofDocument(Tagging document, int most) {
    TagSet set = document.tagSet();
    if (set == null) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    var tags = new ArrayList<Header>();
    for (Tag tag : Objects.requireNonNullElse(set.tag(), List.<Tag>of())) {
      if (tag.key() == null || tag.value() == null) {
        throw new S3Exception(S3Error.MALFORMED_XML);
      }
      tags.add(tag(tag.key(), tag.value()));
    }
    return checked(tags, most);
  }

  /** The document that tells them, in the order of their names. */
  public static Tagging document(List<Header> tags) {
    return new Tagging(
        new TagSet(
            tags.stream()
                .sorted(Comparator.comparing(Header::getName))
                .map(tag -> new Tag(tag.getName(), tag.getValue()))
                .toList()));
  }

  private static Header tag(String key, String value) {
    if (key.isEmpty() || key.length() > LONGEST_KEY || !CHARACTERS.matcher(key).matches()) {
      throw new S3Exception(
          S3Error.INVALID_TAG, "The TagKey you have provided is invalid", named(key));
    }
    if (key.startsWith("aws:")) {
      throw new S3Exception(
          S3Error.INVALID_TAG, "System tags cannot be added/updated by requester", named(key));
    }
    var details = new LinkedHashMap<>(named(key));
    details.put("TagValue", value);
    if (value.length() > LONGEST_VALUE || !CHARACTERS.matcher(value).matches()) {
      throw new S3Exception(
          S3Error.INVALID_TAG, "The TagValue you have provided is invalid", details);
    }
    return Header.newBuilder().setName(key).setValue(value).build();
  }

  private static List<Header> checked(List<Header> tags, int most) {
    if (tags.size() > most) {
      throw new S3Exception(S3Error.INVALID_TAG, "Tags cannot be greater than " + most);
    }
    var seen = new HashSet<String>();
    for (Header tag : tags) {
      if (!seen.add(tag.getName())) {
        throw new S3Exception(
            S3Error.INVALID_TAG,
            "Cannot provide multiple Tags with the same key",
            named(tag.getName()));
      }
    }
    return List.copyOf(tags);
  }

  private static java.util.Map<String, String> named(String key) {
    return java.util.Map.of("TagKey", key);
  }
}
