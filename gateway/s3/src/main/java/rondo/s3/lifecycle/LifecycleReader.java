package rondo.s3.lifecycle;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Lifecycle;
import rondo.metadata.rows.LifecycleRule;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.xml.XmlElement;

/**
 * Reads the document of PutBucketLifecycleConfiguration and refuses the rules that S3 refuses
 * ("Elements to describe lifecycle actions", Amazon S3 user guide). Thread-safe.
 */
final class LifecycleReader {
  private static final int MOST_RULES = 1000;
  private static final int LONGEST_ID = 255;
  private static final int ID_BYTES = 36;
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final Set<String> CHILDREN =
      Set.of(
          "ID",
          "Prefix",
          "Filter",
          "Status",
          "Transition",
          "Expiration",
          "NoncurrentVersionTransition",
          "NoncurrentVersionExpiration",
          "AbortIncompleteMultipartUpload");

  private final FilterReader filters;
  private final ActionReader actions;

  /**
   * @param compat whether a filter may have several conditions side by side, and transitions may
   *     have any days and classes
   */
  LifecycleReader(boolean compat) {
    this.filters = new FilterReader(compat);
    this.actions = new ActionReader(compat);
  }

  /**
   * @throws S3Exception MalformedXML, InvalidArgument, InvalidRequest, NotImplemented
   */
  Lifecycle read(XmlElement document) {
    document.checkChildren(Set.of("Rule"));
    List<XmlElement> elements = document.all("Rule");
    if (elements.isEmpty()) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    if (elements.size() > MOST_RULES) {
      throw refused(
          "The number of lifecycle rules must not exceed the allowed limit of 1000 rules");
    }
    List<LifecycleRule> rules = elements.stream().map(this::rule).toList();
    checkTogether(rules);
    return Lifecycle.newBuilder().addAllRules(rules).build();
  }

  private LifecycleRule rule(XmlElement rule) {
    rule.checkChildren(CHILDREN);
    XmlElement filter = rule.one("Filter");
    String prefix = rule.text("Prefix");
    if ((filter == null) == (prefix == null)) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    LifecycleRule.Builder row =
        LifecycleRule.newBuilder()
            .setId(id(rule.text("ID")))
            .setEnabled(enabled(rule.text("Status")))
            .setPrefixAtRule(filter == null)
            .setFilter(filter == null ? FilterReader.prefix(prefix) : filters.read(filter));
    actions.read(rule, row);
    return row.build();
  }

  private static String id(@Nullable String given) {
    if (given == null || given.isEmpty()) {
      byte[] bytes = new byte[ID_BYTES];
      RANDOM.nextBytes(bytes);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
    if (given.length() > LONGEST_ID) {
      throw S3Exception.argument("ID", given, "ID length should not exceed allowed limit of 255");
    }
    return given;
  }

  private static boolean enabled(@Nullable String status) {
    return switch (status) {
      case "Enabled" -> true;
      case "Disabled" -> false;
      case null, default -> throw new S3Exception(S3Error.MALFORMED_XML);
    };
  }

  private static void checkTogether(List<LifecycleRule> rules) {
    var ids = new HashSet<String>();
    for (LifecycleRule rule : rules) {
      if (!ids.add(rule.getId())) {
        throw S3Exception.argument(
            "ID", rule.getId(), "Rule ID must be unique. Found same ID for more than one rule");
      }
    }
    if (rules.stream().map(LifecycleRule::getPrefixAtRule).distinct().count() > 1) {
      throw refused(
          "Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the"
              + " Filter.");
    }
  }

  static S3Exception refused(String message) {
    return new S3Exception(S3Error.INVALID_REQUEST, message);
  }
}
