package rondo.s3.lifecycle;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Header;
import rondo.metadata.rows.LifecycleFilter;
import rondo.s3.error.Difference;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.xml.XmlElement;

/**
 * Reads the filter of a lifecycle rule. Thread-safe.
 *
 * @param compat whether several conditions may stand side by side, as in Ceph; S3 wants them in an
 *     And
 */
record FilterReader(boolean compat) {
  private static final int LONGEST_PREFIX = 1024;
  private static final int LONGEST_TAG_KEY = 128;
  private static final int LONGEST_TAG_VALUE = 256;
  private static final Set<String> CONDITIONS =
      Set.of("Prefix", "Tag", "ObjectSizeGreaterThan", "ObjectSizeLessThan", "And");

  LifecycleFilter read(XmlElement filter) {
    filter.checkChildren(CONDITIONS);
    var row = LifecycleFilter.newBuilder();
    XmlElement and = filter.one("And");
    if (filter.children().size() > 1 && !Difference.LIFECYCLE_FILTERS.in(compat)) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    if (and != null) {
      and.checkChildren(CONDITIONS);
      if (and.one("And") != null
          || (and.children().size() < 2 && !Difference.LIFECYCLE_FILTERS.in(compat))) {
        throw new S3Exception(S3Error.MALFORMED_XML);
      }
      conditions(and, row);
    } else {
      filter.one("Tag");
    }
    conditions(filter, row);
    return checked(row.setAnd(conditions(row) > 1));
  }

  /** The filter of a rule in the older form, which has a prefix only. */
  static LifecycleFilter prefix(@Nullable String prefix) {
    return checked(LifecycleFilter.newBuilder().setPrefix(prefix == null ? "" : prefix));
  }

  private static int conditions(LifecycleFilter.Builder row) {
    return row.getTagsCount()
        + (row.hasPrefix() ? 1 : 0)
        + (row.hasLargerThan() ? 1 : 0)
        + (row.hasSmallerThan() ? 1 : 0);
  }

  private static void conditions(XmlElement from, LifecycleFilter.Builder row) {
    String prefix = from.text("Prefix");
    // An object that matches both prefixes matches the longer one.
    if (prefix != null && (!row.hasPrefix() || prefix.length() > row.getPrefix().length())) {
      row.setPrefix(prefix);
    }
    from.all("Tag").forEach(tag -> row.addTags(tag(tag)));
    Long larger = size(from, "ObjectSizeGreaterThan");
    if (larger != null) {
      row.setLargerThan(larger);
    }
    Long smaller = size(from, "ObjectSizeLessThan");
    if (smaller != null) {
      row.setSmallerThan(smaller);
    }
  }

  private static @Nullable Long size(XmlElement from, String name) {
    Long size = RuleNumbers.of(from, name);
    if (size != null && size < 0) {
      throw LifecycleReader.refused("'" + name + "' must be nonnegative");
    }
    return size;
  }

  private static Header tag(XmlElement tag) {
    tag.checkChildren(Set.of("Key", "Value"));
    String key = tag.text("Key");
    String value = tag.text("Value");
    if (key == null || value == null) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    if (key.isEmpty() || key.length() > LONGEST_TAG_KEY) {
      throw new S3Exception(S3Error.INVALID_TAG, "The TagKey you have provided is invalid");
    }
    if (value.length() > LONGEST_TAG_VALUE) {
      throw new S3Exception(S3Error.INVALID_TAG, "The TagValue you have provided is invalid");
    }
    return Header.newBuilder().setName(key).setValue(value).build();
  }

  private static LifecycleFilter checked(LifecycleFilter.Builder row) {
    if (row.getPrefix().getBytes(StandardCharsets.UTF_8).length > LONGEST_PREFIX) {
      throw LifecycleReader.refused("The maximum size of a prefix is 1024");
    }
    var keys = new HashSet<String>();
    if (!row.getTagsList().stream().allMatch(tag -> keys.add(tag.getName()))) {
      throw LifecycleReader.refused("Duplicate Tag Keys are not allowed.");
    }
    if (row.hasSmallerThan() && row.getSmallerThan() <= row.getLargerThan()) {
      throw LifecycleReader.refused(
          "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'");
    }
    return row.build();
  }
}
