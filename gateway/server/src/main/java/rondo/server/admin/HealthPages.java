package rondo.server.admin;

import org.jspecify.annotations.Nullable;
import rondo.server.admin.AdminServer.Answer;

/** Health and metrics, which ask for no signature and name no account, bucket or object. */
record HealthPages(NodeView node) {
  /** The page of that path; null for any other. */
  @Nullable Answer answer(String path) {
    return switch (path) {
      case "/health/live" -> health(node.standstill(), "alive\n");
      case "/health/ready" -> health(node.trouble(), ready(node.shedding()));
      case "/health/whole" -> health(node.lack(), "whole\n");
      case "/metrics" -> new Answer(200, node.metrics());
      default -> null;
    };
  }

  private static Answer health(String trouble, String good) {
    return trouble.isEmpty() ? new Answer(200, good) : new Answer(503, trouble + "\n");
  }

  /** A node that sheds load serves as much as it can: taking it out would burden the others. */
  private static String ready(String shedding) {
    return shedding.isEmpty() ? "ready\n" : "ready, " + shedding + "\n";
  }
}
