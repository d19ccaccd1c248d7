package rondo.s3.website;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Website;
import rondo.s3.access.S3Store;
import rondo.s3.auth.SignedRequest;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.object.GetObject;
import rondo.s3.object.HeadObject;
import rondo.s3.object.NewObject;
import rondo.s3.object.ObjectReader;
import rondo.s3.request.RequestSender;
import rondo.s3.request.ResourceAddress;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.store.row.Bucket;
import rondo.store.row.RefusalException;

/**
 * The website endpoint: anonymous GET and HEAD, whoever signs ("Website endpoints", Amazon S3 user
 * guide). Thread-safe.
 */
public final class WebsitePages {
  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  /** What an answer about one part of an object, or on a condition, is asked for with. */
  private static final Set<String> OF_PARTS =
      Set.of(
          "range",
          "if-range",
          "if-match",
          "if-none-match",
          "if-modified-since",
          "if-unmodified-since");

  private final S3Store store;
  private final ObjectReader reader;
  private final String host;

  /**
   * @param node what this node is called in answers
   */
  public WebsitePages(S3Store store, ObjectReader reader, String node) {
    this.store = store;
    this.reader = reader;
    this.host = Base64.getEncoder().encodeToString(node.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers, refusals included. */
  public S3Response answer(S3Request request) {
    try {
      if (!METHODS.contains(request.method())) {
        throw new S3Exception(
            S3Error.METHOD_NOT_ALLOWED,
            S3Error.METHOD_NOT_ALLOWED.message(),
            Map.of("ResourceType", "OBJECT"),
            Map.of("Allow", "GET, HEAD"));
      }
      Bucket bucket = store.buckets().find(request.bucket());
      if (!bucket.row().hasWebsite()) {
        throw new S3Exception(S3Error.NO_SUCH_WEBSITE_CONFIGURATION);
      }
      if (bucket.row().getRequesterPays()) {
        throw new S3Exception(S3Error.ACCESS_DENIED);
      }
      return page(request, bucket.row().getWebsite());
    } catch (RefusalException refusal) {
      return ErrorPage.of(S3Exception.of(refusal), null, request, host);
    }
  }

  private S3Response page(S3Request request, Website website) {
    String key = Objects.requireNonNullElse(request.address().key(), "");
    if (website.hasRedirectAll()) {
      return redirect(RoutingRules.everything(website, request, key));
    }
    RoutingRules.Redirection beforehand = RoutingRules.beforehand(website, request, key);
    if (beforehand != null) {
      return redirect(beforehand);
    }
    try {
      return object(request, website, key);
    } catch (RefusalException refusal) {
      return refused(request, website, key, S3Exception.of(refusal));
    }
  }

  private S3Response object(S3Request request, Website website, String key) {
    boolean folder = key.isEmpty() || key.endsWith("/");
    try {
      return shown(read(at(request, folder ? key + website.getIndexSuffix() : key)));
    } catch (RefusalException refusal) {
      if (!folder && isMissing(S3Exception.of(refusal)) && isFolder(request, website, key)) {
        return redirect(RoutingRules.within(key + "/"));
      }
      throw refusal;
    }
  }

  /** Whoever may not know what isn't there may still know what is. */
  private static boolean isMissing(S3Exception refusal) {
    return refusal.error() == S3Error.NO_SUCH_KEY || refusal.error() == S3Error.ACCESS_DENIED;
  }

  private boolean isFolder(S3Request request, Website website, String key) {
    try {
      read(plain(at(request, key + "/" + website.getIndexSuffix())));
      return true;
    } catch (RefusalException none) {
      return false;
    }
  }

  private S3Response read(S3Request request) {
    return request.method().equals("HEAD")
        ? new HeadObject(reader).answer(request)
        : new GetObject(reader, store.blobs()).answer(request);
  }

  /** An object that says where to go instead is not shown. */
  private static S3Response shown(S3Response answer) {
    String location =
        answer.headers().stream()
            .filter(header -> header.getKey().equals(NewObject.REDIRECT))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(null);
    return location == null ? answer : S3Response.of(301).header("Location", location);
  }

  private static S3Response redirect(RoutingRules.Redirection redirection) {
    return S3Response.of(redirection.status()).header("Location", redirection.location());
  }

  private S3Response refused(S3Request request, Website website, String key, S3Exception refusal) {
    int status = refusal.error().status();
    RoutingRules.Redirection after = RoutingRules.afterError(website, request, key, status);
    if (after != null) {
      return redirect(after);
    }
    boolean custom = status >= 400 && status < 500 && !website.getErrorKey().isEmpty();
    return custom
        ? errorDocument(request, website, refusal)
        : ErrorPage.of(refusal, null, request, host);
  }

  /** The bucket's own page about errors of the client's, under the error's own status. */
  private S3Response errorDocument(S3Request request, Website website, S3Exception refusal) {
    try {
      S3Response page = shown(read(plain(at(request, website.getErrorKey()))));
      if (page.status() == 301) {
        return page;
      }
      S3Response answer = S3Response.of(refusal.error().status());
      page.headers().forEach(header -> answer.header(header.getKey(), header.getValue()));
      return answer
          .header("x-amz-error-code", refusal.error().code())
          .header("x-amz-error-message", refusal.message())
          .with(page.content());
    } catch (RefusalException custom) {
      return ErrorPage.of(refusal, S3Exception.of(custom), request, host);
    }
  }

  private static S3Request at(S3Request request, String key) {
    ResourceAddress.checkKey(key);
    return with(request, request.wire(), key);
  }

  /** For all of an object, whatever the browser has already. */
  private static S3Request plain(S3Request request) {
    SignedRequest wire = request.wire();
    List<Map.Entry<String, String>> headers =
        wire.headers().stream()
            .filter(header -> !OF_PARTS.contains(header.getKey().toLowerCase(Locale.ROOT)))
            .toList();
    return with(
        request, new SignedRequest(wire.method(), wire.rawPath(), "", headers), request.key());
  }

  private static S3Request with(S3Request request, SignedRequest wire, @Nullable String key) {
    return new S3Request(
        wire,
        new ResourceAddress(request.bucket(), key),
        request.query(),
        RequestSender.anonymous(request.payload()),
        request.body(),
        request.arrival(),
        request.noted());
  }
}
