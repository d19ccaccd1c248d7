package rondo.server.audit;

import java.util.LinkedHashMap;
import java.util.List;
import rondo.server.api.ApiAnswer;
import rondo.server.api.ApiCall;
import rondo.server.api.ApiFamily;
import rondo.server.api.ApiParameter;
import rondo.server.api.ApiRoute;
import rondo.server.api.JsonSchema;
import rondo.server.api.RouteDraft;
import tools.jackson.databind.json.JsonMapper;

/** What the admin API tells of audit logs. Thread-safe; blocks. */
public final class AuditApi implements ApiFamily {
  private static final int LONGEST = 512;

  private final AuditVerification verification;

  AuditApi(AuditVerification verification) {
    this.verification = verification;
  }

  @Override
  public List<ApiRoute> routes() {
    RouteDraft find =
        ApiRoute.get("/v1/audit", "Shows the newest entries of all nodes' audit logs, by time.");
    find.query(
        ApiParameter.optional(
            "limit", JsonSchema.whole(1, AuditFilter.MOST), "At most so many entries."));
    text(find, "account", "Those of this account: its name, its id, or an access key.");
    text(find, "operation", "Those whose operation has this in its name.");
    text(find, "bucket", "Those about this bucket.");
    text(find, "decision", "Those that were allowed, refused, failed or asked.");
    text(find, "request", "That of this request.");
    text(find, "since", "Those from this time on, as ISO 8601 has it.");
    text(find, "until", "Those before this time.");
    return List.of(
        find.gives(JsonSchema.answer("entries:objects", "silent:strings"), this::find),
        ApiRoute.post(
                "/v1/audit/verify",
                "Compares the audit logs of all nodes with the heads that the others hold.")
            .gives(
                JsonSchema.answer("good:boolean", "logs:objects"),
                call -> ApiAnswer.of(verification.verify())));
  }

  private static void text(RouteDraft route, String name, String description) {
    route.query(ApiParameter.optional(name, JsonSchema.text(0, LONGEST), description));
  }

  private ApiAnswer find(ApiCall call) {
    var filter = new LinkedHashMap<String, Object>();
    for (String name : call.query().names()) {
      String value = call.query(name, "");
      filter.put(name, name.equals("limit") ? Integer.valueOf(value) : value);
    }
    return ApiAnswer.of(verification.find(AuditFilter.of(JsonMapper.shared().valueToTree(filter))));
  }
}
