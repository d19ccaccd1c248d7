package rondo.s3.cors;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.CorsRules;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/** The document of the CORS operations, and S3's checks of it. Pure. */
final class CorsDocument {
  private static final int MOST_RULES = 100;
  private static final int LONGEST_ID = 255;
  private static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "DELETE", "HEAD");

  private CorsDocument() {}

  record CORSConfiguration(@JsonProperty("CORSRule") @Nullable List<Rule> rules) {}

  record Rule(
      @JsonProperty("ID") @Nullable String id,
      @Nullable List<String> allowedHeader,
      @Nullable List<String> allowedMethod,
      @Nullable List<String> allowedOrigin,
      @Nullable List<String> exposeHeader,
      @Nullable Integer maxAgeSeconds) {}

  /**
   * @throws S3Exception MalformedXML, InvalidRequest
   */
  static CorsRules rules(CORSConfiguration document) {
    List<Rule> rules = of(document.rules());
    if (rules.isEmpty()) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    if (rules.size() > MOST_RULES) {
      throw refused("The number of CORS rules should not exceed allowed limit of 100 rules.");
    }
    var kept = CorsRules.newBuilder();
    rules.forEach(rule -> kept.addRules(checked(rule)));
    return kept.build();
  }

  private static CorsRules.Rule checked(Rule rule) {
    List<String> methods = of(rule.allowedMethod());
    List<String> origins = of(rule.allowedOrigin());
    if (methods.isEmpty() || origins.isEmpty()) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    methods.stream()
        .filter(method -> !METHODS.contains(method))
        .forEach(method -> {
          throw refused(
              "Found unsupported HTTP method in CORS config. Unsupported method is " + method);
        });
    origins.forEach(origin -> checkWildcards("AllowedOrigin", origin));
    of(rule.allowedHeader()).forEach(header -> checkWildcards("AllowedHeader", header));
    of(rule.exposeHeader()).forEach(CorsDocument::checkExposed);
    var kept =
        CorsRules.Rule.newBuilder()
            .setId(id(rule.id()))
            .addAllAllowedMethods(methods)
            .addAllAllowedOrigins(origins)
            .addAllAllowedHeaders(of(rule.allowedHeader()))
            .addAllExposeHeaders(of(rule.exposeHeader()));
    Integer maxAge = rule.maxAgeSeconds();
    if (maxAge != null && maxAge < 0) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    return maxAge == null ? kept.build() : kept.setMaxAgeSeconds(maxAge).build();
  }

  private static String id(@Nullable String id) {
    if (id != null && id.length() > LONGEST_ID) {
      throw S3Exception.argument("ID", id, "ID length should not exceed allowed limit of 255");
    }
    return Objects.requireNonNullElse(id, "");
  }

  private static void checkWildcards(String element, String value) {
    checkPrintable(element, value);
    if (value.indexOf('*') != value.lastIndexOf('*')) {
      throw refused(element + " \"" + value + "\" can not have more than one wildcard.");
    }
  }

  private static void checkExposed(String value) {
    checkPrintable("ExposeHeader", value);
    if (value.indexOf('*') >= 0) {
      throw refused(
          "ExposeHeader \""
              + value
              + "\" contains wildcard. We currently do not support wildcard for ExposeHeader.");
    }
  }

  /**
   * Refuses all but printable ASCII: values become headers of answers, and must not begin others.
   */
  private static void checkPrintable(String element, String value) {
    if (!value.chars().allMatch(c -> c >= 0x20 && c < 0x7F)) {
      throw refused(element + " \"" + value + "\" contains invalid character.");
    }
  }

  private static S3Exception refused(String message) {
    return new S3Exception(S3Error.INVALID_REQUEST, message);
  }

  private static <T> List<T> of(@Nullable List<T> list) {
    return Objects.requireNonNullElse(list, List.<T>of());
  }

  static CORSConfiguration document(CorsRules rules) {
    return new CORSConfiguration(
        rules.getRulesList().stream()
            .map(rule ->
                new Rule(
                    rule.getId().isEmpty() ? null : rule.getId(),
                    rule.getAllowedHeadersList(),
                    rule.getAllowedMethodsList(),
                    rule.getAllowedOriginsList(),
                    rule.getExposeHeadersList(),
                    rule.hasMaxAgeSeconds() ? rule.getMaxAgeSeconds() : null))
            .toList());
  }
}
