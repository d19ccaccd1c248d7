package rondo.s3.object;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Header;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.QueryParameters;
import rondo.s3.xml.Tag;
import rondo.s3.xml.TagSet;
import rondo.s3.xml.Tagging;

/** Reads tags from a header or a document ("Object tagging", Amazon S3 user guide). Pure. */
public final class TagReader {
  /** Largest number of tags of an object. */
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
    QueryParameters query = query(value);
    for (String name : query.names()) {
      String text = Objects.requireNonNullElse(query.value(name), "");
      if (query.values(name).size() > 1 || !isText(name) || !isText(text)) {
        throw malformed(value);
      }
      tags.add(tag(name, text, TagReader::named));
    }
    return checked(tags, MOST_OF_OBJECT);
  }

  private static QueryParameters query(String header) {
    try {
      return new QueryParameters(header);
    } catch (S3Exception notUtf8) {
      throw malformed(header);
    }
  }

  private static S3Exception malformed(String header) {
    return S3Exception.argument(
        "x-amz-tagging",
        header,
        "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters"
            + " without tag name duplicates.");
  }

  private static boolean isText(String text) {
    return CHARACTERS.matcher(text).matches();
  }

  /**
   * The tags of a document, which may have none.
   *
   * @throws S3Exception InvalidTag, MalformedXML
   */
  public static List<Header> ofDocument(Tagging document, int most) {
    return ofSet(document.tagSet(), most);
  }

  /**
   * The tags of a set that another document holds; none where it is missing.
   *
   * @throws S3Exception InvalidTag, MalformedXML
   */
  public static List<Header> ofSet(@Nullable TagSet set, int most) {
    return ofSet(set, most, TagReader::named);
  }

  /**
   * The tags that a bucket is made with. S3 names no key where one of them is the system's.
   *
   * @throws S3Exception InvalidTag, MalformedXML
   */
  public static List<Header> ofNewBucket(@Nullable TagSet set, int most) {
    return ofSet(set, most, key -> Map.of());
  }

  private static List<Header> ofSet(
      @Nullable TagSet set, int most, Function<String, Map<String, String>> ofSystemTag) {
    List<Tag> given = set == null ? null : set.tag();
    var tags = new ArrayList<Header>();
    for (Tag tag : Objects.requireNonNullElse(given, List.<Tag>of())) {
      if (tag.key() == null || tag.value() == null) {
        throw new S3Exception(S3Error.MALFORMED_XML);
      }
      tags.add(tag(tag.key(), tag.value(), ofSystemTag));
    }
    return checked(tags, most);
  }

  /** The document of these tags, sorted by name. */
  public static Tagging document(List<Header> tags) {
    return new Tagging(
        new TagSet(
            tags.stream()
                .sorted(Comparator.comparing(Header::getName))
                .map(tag -> new Tag(tag.getName(), tag.getValue()))
                .toList()));
  }

  private static Header tag(
      String key, String value, Function<String, Map<String, String>> ofSystemTag) {
    if (key.isEmpty() || key.length() > LONGEST_KEY || !isText(key)) {
      throw new S3Exception(
          S3Error.INVALID_TAG, "The TagKey you have provided is invalid", named(key));
    }
    if (key.startsWith("aws:")) {
      throw new S3Exception(
          S3Error.INVALID_TAG,
          "System tags cannot be added/updated by requester",
          ofSystemTag.apply(key));
    }
    var details = new LinkedHashMap<>(named(key));
    details.put("TagValue", value);
    if (value.length() > LONGEST_VALUE || !isText(value)) {
      throw new S3Exception(
          S3Error.INVALID_TAG, "The TagValue you have provided is invalid", details);
    }
    return Header.newBuilder().setName(key).setValue(value).build();
  }

  /**
   * @throws S3Exception InvalidTag for more than so many
   */
  public static void checkNumber(List<Header> tags, int most) {
    if (tags.size() > most) {
      throw new S3Exception(S3Error.INVALID_TAG, "Tags cannot be greater than " + most);
    }
  }

  private static List<Header> checked(List<Header> tags, int most) {
    checkNumber(tags, most);
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

  private static Map<String, String> named(String key) {
    return Map.of("TagKey", key);
  }
}
