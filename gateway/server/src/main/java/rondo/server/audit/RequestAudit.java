package rondo.server.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rondo.s3.audit.AuditScope;
import rondo.s3.audit.AuditTrail;
import rondo.s3.audit.AuditedRequest;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.Operation;

/** Writes down S3's requests: those that change buckets, and where asked for those on data. */
final class RequestAudit implements AuditTrail {
  private static final String ALL = "*";

  private final AuditLog log;
  private final boolean required;
  private final Set<String> dataBuckets;
  private final boolean allData;

  RequestAudit(AuditLog log, boolean required, List<String> dataBuckets) {
    this.log = log;
    this.required = required;
    this.dataBuckets = Set.copyOf(dataBuckets);
    this.allData = dataBuckets.contains(ALL);
  }

  @Override
  public boolean covers(Operation operation, @Nullable String bucket) {
    return AuditScope.isControl(operation)
        || (bucket != null && (allData || dataBuckets.contains(bucket)));
  }

  @Override
  public void begins(AuditedRequest request) {
    if (required && !log.require(entry(request, true), OrderAudit.PATIENCE)) {
      throw new S3Exception(
          S3Error.SERVICE_UNAVAILABLE,
          "The audit log is required here and takes no entry now: " + log.why() + ".");
    }
  }

  @Override
  public void ended(AuditedRequest request) {
    log.record(entry(request, false));
  }

  private static AuditEntry entry(AuditedRequest request, boolean asked) {
    AuditedRequest.Sender sender = request.sender();
    AuditedRequest.Outcome outcome = request.outcome();
    return new AuditEntry(
        "s3",
        request.id(),
        asked,
        new AuditEntry.Who(
            sender.account(), sender.accountId(), sender.accessKey(), sender.address()),
        inCamelCase(request.operation().name()),
        new AuditEntry.Target(request.bucket(), request.key()),
        "",
        new AuditEntry.Outcome(outcome.status(), outcome.errorCode(), outcome.why()));
  }

  /** PUT_BUCKET_POLICY as S3's documents write it. */
  private static String inCamelCase(String constant) {
    return Arrays.stream(constant.split("_"))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }
}
