package rondo.server.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import rondo.s3.request.QueryParameters;
import tools.jackson.databind.json.JsonMapper;

/** What the admin API tells of audit logs. Thread-safe; blocks. */
public final class AuditApi {
  private final AuditVerification verification;

  AuditApi(AuditVerification verification) {
    this.verification = verification;
  }

  /**
   * The newest entries of all nodes that the query's filter lets through, by time.
   *
   * @throws IllegalArgumentException for a limit that is no number
   */
  public Map<String, Object> find(String rawQuery) {
    var query = new QueryParameters(rawQuery);
    var filter = new LinkedHashMap<String, Object>();
    for (String name : query.names()) {
      String value = query.value(name);
      if (name.equals("limit")) {
        if (value == null || !value.matches("[0-9]{1,6}")) {
          throw new IllegalArgumentException("limit is a number of entries, such as 20");
        }
        filter.put(name, Integer.parseInt(value));
      } else if (value != null) {
        filter.put(name, value);
      }
    }
    return verification.find(AuditFilter.of(JsonMapper.shared().valueToTree(filter)));
  }

  /** Compares all nodes' logs with the heads that the others hold. */
  public Map<String, Object> verify() {
    return verification.verify();
  }
}
