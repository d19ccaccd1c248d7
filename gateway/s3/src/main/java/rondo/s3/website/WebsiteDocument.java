package rondo.s3.website;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Website;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.xml.XmlElement;

/** The document of the website operations, and what S3 refuses in it. Pure. */
final class WebsiteDocument {
  private static final int MOST_RULES = 50;

  private static final Set<String> ROOT =
      Set.of("IndexDocument", "ErrorDocument", "RedirectAllRequestsTo", "RoutingRules");

  private WebsiteDocument() {}

  record WebsiteConfiguration(
      @Nullable RedirectAll redirectAllRequestsTo,
      @Nullable IndexDocument indexDocument,
      @Nullable ErrorDocument errorDocument,
      @Nullable RoutingRules routingRules) {}

  record RedirectAll(String hostName, @Nullable String protocol) {}

  record IndexDocument(String suffix) {}

  record ErrorDocument(String key) {}

  record RoutingRules(@JsonProperty("RoutingRule") List<Rule> rules) {}

  record Rule(@Nullable Condition condition, Redirect redirect) {}

  record Condition(
      @Nullable String keyPrefixEquals, @Nullable String httpErrorCodeReturnedEquals) {}

  record Redirect(
      @Nullable String hostName,
      @Nullable String httpRedirectCode,
      @Nullable String protocol,
      @Nullable String replaceKeyPrefixWith,
      @Nullable String replaceKeyWith) {}

  /**
   * @throws S3Exception MalformedXML, InvalidRequest, InvalidArgument
   */
  static Website website(XmlElement document) {
    document.checkChildren(ROOT);
    XmlElement all = document.one("RedirectAllRequestsTo");
    if (all != null) {
      if (document.children().size() > 1) {
        throw S3Exception.argument(
            "RedirectAllRequestsTo",
            "not null",
            "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.");
      }
      return Website.newBuilder().setRedirectAll(redirectAll(all)).build();
    }
    var website = Website.newBuilder().setIndexSuffix(index(document.one("IndexDocument")));
    XmlElement error = document.one("ErrorDocument");
    if (error != null) {
      error.checkChildren(Set.of("Key"));
      website.setErrorKey(required(error.text("Key")));
    }
    XmlElement rules = document.one("RoutingRules");
    if (rules != null) {
      addRules(website, rules);
    }
    return website.build();
  }

  private static Website.Redirect redirectAll(XmlElement all) {
    all.checkChildren(Set.of("HostName", "Protocol"));
    return Website.Redirect.newBuilder()
        .setHostName(host(required(all.text("HostName"))))
        .setProtocol(protocol(all.text("Protocol")))
        .build();
  }

  private static String index(@Nullable XmlElement index) {
    if (index == null) {
      throw S3Exception.argument(
          "IndexDocument",
          "null",
          "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty");
    }
    index.checkChildren(Set.of("Suffix"));
    String suffix = index.text("Suffix");
    if (suffix == null) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    if (suffix.isEmpty() || suffix.contains("/")) {
      throw S3Exception.argument(
          "IndexDocument", suffix, "The IndexDocument Suffix is not well formed");
    }
    return suffix;
  }

  private static void addRules(Website.Builder website, XmlElement rules) {
    rules.checkChildren(Set.of("RoutingRule"));
    int count = rules.children().size();
    if (count == 0) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    if (count > MOST_RULES) {
      throw refused(
          count
              + " routing rules provided, the number of routing rules in a website configuration is"
              + " limited to 50.");
    }
    rules.children().forEach(rule -> website.addRules(rule(rule)));
  }

  private static Website.Rule rule(XmlElement rule) {
    rule.checkChildren(Set.of("Condition", "Redirect"));
    XmlElement redirect = rule.one("Redirect");
    if (redirect == null) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    var kept = Website.Rule.newBuilder().setRedirect(redirect(redirect));
    XmlElement condition = rule.one("Condition");
    if (condition == null) {
      return kept.build();
    }
    condition.checkChildren(Set.of("KeyPrefixEquals", "HttpErrorCodeReturnedEquals"));
    String prefix = condition.text("KeyPrefixEquals");
    String code = condition.text("HttpErrorCodeReturnedEquals");
    if (prefix == null && code == null) {
      throw refused(
          "Condition cannot be empty. To redirect all requests without a condition, the condition"
              + " element shouldn't be present.");
    }
    if (prefix != null) {
      kept.setKeyPrefixEquals(prefix);
    }
    if (code != null) {
      kept.setErrorCodeEquals(errorCode(code));
    }
    return kept.build();
  }

  private static Website.Redirect redirect(XmlElement redirect) {
    redirect.checkChildren(
        Set.of(
            "HostName", "HttpRedirectCode", "Protocol", "ReplaceKeyPrefixWith", "ReplaceKeyWith"));
    if (redirect.children().isEmpty()) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    String host = redirect.text("HostName");
    String prefix = redirect.text("ReplaceKeyPrefixWith");
    String key = redirect.text("ReplaceKeyWith");
    if (prefix != null && key != null) {
      throw refused("You can only define ReplaceKeyPrefix or ReplaceKey but not both.");
    }
    var kept =
        Website.Redirect.newBuilder()
            .setHostName(host == null ? "" : host(host))
            .setProtocol(protocol(redirect.text("Protocol")))
            .setCode(redirectCode(redirect.text("HttpRedirectCode")));
    if (prefix != null) {
      kept.setReplaceKeyPrefixWith(prefix);
    }
    if (key != null) {
      kept.setReplaceKeyWith(key);
    }
    return kept.build();
  }

  /** What becomes part of a header must not be able to begin another, nor a path. */
  private static String host(String host) {
    if (!host.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
      throw refused("The HostName \"" + host + "\" is not well formed.");
    }
    return host;
  }

  private static String protocol(@Nullable String protocol) {
    if (protocol != null && !protocol.equals("http") && !protocol.equals("https")) {
      throw refused(
          "Invalid protocol, protocol can be http or https. If not defined the protocol will be"
              + " selected automatically.");
    }
    return protocol == null ? "" : protocol;
  }

  private static String redirectCode(@Nullable String code) {
    if (code != null && (!code.matches("3[0-9]{2}") || code.equals("300"))) {
      throw refused(
          "The provided HTTP redirect code ("
              + code
              + ") is not valid. Valid codes are 3XX except 300.");
    }
    return code == null ? "" : code;
  }

  private static String errorCode(String code) {
    if (!code.matches("[45][0-9]{2}")) {
      throw refused(
          "The provided HTTP error code (" + code + ") is not valid. Valid codes are 4XX or 5XX.");
    }
    return code;
  }

  private static String required(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    return text;
  }

  private static S3Exception refused(String message) {
    return new S3Exception(S3Error.INVALID_REQUEST, message);
  }

  static WebsiteConfiguration document(Website website) {
    Website.Redirect all = website.getRedirectAll();
    return new WebsiteConfiguration(
        website.hasRedirectAll()
            ? new RedirectAll(all.getHostName(), orNull(all.getProtocol()))
            : null,
        website.hasRedirectAll() ? null : new IndexDocument(website.getIndexSuffix()),
        website.getErrorKey().isEmpty() ? null : new ErrorDocument(website.getErrorKey()),
        website.getRulesCount() == 0
            ? null
            : new RoutingRules(
                website.getRulesList().stream().map(WebsiteDocument::shown).toList()));
  }

  private static Rule shown(Website.Rule rule) {
    boolean conditional = rule.hasKeyPrefixEquals() || rule.hasErrorCodeEquals();
    Website.Redirect redirect = rule.getRedirect();
    return new Rule(
        conditional
            ? new Condition(
                rule.hasKeyPrefixEquals() ? rule.getKeyPrefixEquals() : null,
                rule.hasErrorCodeEquals() ? rule.getErrorCodeEquals() : null)
            : null,
        new Redirect(
            orNull(redirect.getHostName()),
            orNull(redirect.getCode()),
            orNull(redirect.getProtocol()),
            redirect.hasReplaceKeyPrefixWith() ? redirect.getReplaceKeyPrefixWith() : null,
            redirect.hasReplaceKeyWith() ? redirect.getReplaceKeyWith() : null));
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
