package rondo.server.admin;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rondo.s3.access.AccessAttempt;
import rondo.s3.access.AccessControl;
import rondo.s3.access.AccessDecision;
import rondo.s3.access.Action;
import rondo.s3.auth.Identity;
import rondo.s3.auth.SignedRequest;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.identity.Identities;
import rondo.s3.request.ClientConnection;
import rondo.s3.request.QueryParameters;
import rondo.s3.request.RequestArrival;
import rondo.s3.request.RequestSender;
import rondo.s3.request.ResourceAddress;
import rondo.s3.request.S3Request;
import rondo.server.api.ApiAnswer;
import rondo.server.api.ApiFamily;
import rondo.server.api.ApiParameter;
import rondo.server.api.ApiRoute;
import rondo.server.api.JsonSchema;
import rondo.store.Store;
import rondo.store.object.StoredObject;
import rondo.store.object.VersionId;
import rondo.store.row.Bucket;

/**
 * Tells whether an account may do something now, and which statement decides. The decision is that
 * of a request which carries no more than the question. Thread-safe.
 */
public final class AccessExplainer implements ApiFamily {
  private final Store store;
  private final AccessControl access;
  private final Identities identities;

  /**
   * @param access the S3 front's, with its ACLs and its root account
   */
  public AccessExplainer(Store store, AccessControl access, Identities identities) {
    this.store = store;
    this.access = access;
    this.identities = identities;
  }

  @Override
  public List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/v1/explain", "Tells whether somebody may do something, and why.")
            .old("/explain")
            .query(ApiParameter.required("action", JsonSchema.text(1, 128), "As s3:GetObject."))
            .query(ApiParameter.required("bucket", JsonSchema.text(1, 255), "The bucket's name."))
            .query(ApiParameter.optional("key", JsonSchema.text(0, 1024), "The object's key."))
            .query(ApiParameter.optional("versionId", JsonSchema.text(0, 128), "Of which version."))
            .query(
                ApiParameter.optional("account", JsonSchema.text(0, 128), "Who: a name, or an id."))
            .query(ApiParameter.optional("accessKey", JsonSchema.text(0, 128), "Who: by this key."))
            .query(
                ApiParameter.names(
                    "conditions",
                    "^[A-Za-z0-9-]+:.+$",
                    "Condition keys with their values, such as aws:SourceIp=192.0.2.1."))
            .gives(
                JsonSchema.answer(
                    "allowed:boolean", "action:string", "resource:string", "decidedBy:string"),
                call -> ApiAnswer.of(of(call.signed()))));
  }

  /**
   * Answers a question. Its parameters are {@code action} and {@code bucket}; optionally {@code
   * key} and {@code versionId}; {@code account} (a name or an id; without one the question is about
   * an anonymous client) or {@code accessKey}; and condition keys with their values, such as {@code
   * aws:SourceIp=192.0.2.1}.
   *
   * @throws S3Exception InvalidArgument, NoSuchBucket
   */
  Map<String, Object> of(SignedRequest asked) {
    var query = new QueryParameters(asked.rawQuery());
    Action action = Action.named(query.value("action", ""));
    String key = query.value("key");
    if (action == null || (key == null) == (action.target() == Action.Target.OBJECT)) {
      throw S3Exception.argument(
          "action", query.value("action", ""), "name an action, and a key if it is on an object");
    }
    Bucket bucket = store.buckets().fresh(query.value("bucket", ""));
    AccessAttempt attempt = AccessAttempt.of(request(bucket, key, query), bucket, action);
    String note = "";
    if (key != null) {
      String version = query.value("versionId");
      StoredObject stored =
          store.objects().find(bucket, key, version == null ? null : VersionId.parse(version));
      attempt = attempt.on(stored == null ? null : stored.row());
      note =
          stored == null
              ? "there is no such object, which a reader is told who may list its key"
              : "";
    }
    for (String name : query.names()) {
      if (name.indexOf(':') > 0) {
        attempt = attempt.with(name, Objects.requireNonNull(query.value(name)));
      }
    }
    return told(attempt, access.decide(attempt), note);
  }

  private static Map<String, Object> told(
      AccessAttempt attempt, AccessDecision decision, String note) {
    var told = new LinkedHashMap<String, Object>();
    told.put("allowed", decision.allowed());
    told.put("action", attempt.judged().word());
    told.put("resource", attempt.resource());
    told.put("decidedBy", decision.source().words());
    if (!decision.statement().isEmpty()) {
      told.put("statement", decision.statement());
    }
    if (!note.isEmpty()) {
      told.put("note", note);
    }
    return told;
  }

  private S3Request request(Bucket bucket, @Nullable String key, QueryParameters query) {
    return new S3Request(
        new SignedRequest("GET", "/", "", List.of()),
        new ResourceAddress(bucket.name(), key),
        query,
        RequestSender.trusted(caller(query)),
        () -> null,
        new RequestArrival("explain", Instant.now(), new ClientConnection("", null)));
  }

  private @Nullable Identity caller(QueryParameters query) {
    String accessKey = query.value("accessKey", "");
    String account = query.value("account", "");
    if (accessKey.isEmpty() && (account.isEmpty() || account.equals("anonymous"))) {
      return null;
    }
    Identity found = accessKey.isEmpty() ? identities.account(account) : identities.find(accessKey);
    if (found == null) {
      throw new S3Exception(
          S3Error.INVALID_ARGUMENT, "there is no account or key " + account + accessKey);
    }
    return found;
  }
}
