package rondo.server.admin;

import org.jspecify.annotations.Nullable;
import rondo.server.api.ApiAnswer;
import rondo.server.health.HealthQuestion;
import rondo.server.health.HealthReport;

/** Health and metrics, which ask for no signature and name no account, bucket or object. */
record HealthPages(NodeView node) {
  /** The paths, for people. */
  static final String PATHS = "/health, /health/live, /health/ready, /health/quorum, /health/whole";

  /** The page of that path; null for any other. */
  @Nullable ApiAnswer answer(String path) {
    return switch (path) {
      case "/health" -> new ApiAnswer(200, node.health().view());
      case "/health/live" -> health(HealthQuestion.LIVE);
      case "/health/ready" -> health(HealthQuestion.READY);
      case "/health/quorum" -> health(HealthQuestion.QUORUM);
      case "/health/whole" -> health(HealthQuestion.WHOLE);
      case "/metrics" -> new ApiAnswer(200, node.metrics());
      default -> null;
    };
  }

  private ApiAnswer health(HealthQuestion question) {
    HealthReport report = node.health();
    return new ApiAnswer(report.isGood(question) ? 200 : 503, report.text(question));
  }
}
