package rondo.server.config.log;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The OpenTelemetry traces of a node.
 *
 * @param collector where they are sent by OTLP over HTTP; null for nowhere
 * @param share of the requests without a {@code traceparent} that are traced, from 0 to 1
 */
public record TraceSettings(@Nullable URI collector, double share) {
  public TraceSettings {
    String scheme = collector == null ? "http" : String.valueOf(collector.getScheme());
    boolean isUrl = collector == null || collector.getHost() != null;
    if (!isUrl || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException(
          "--otlp is a URL such as http://collector.example.net:4318/v1/traces");
    }
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("--otlp-share is a number from 0 to 1");
    }
  }
}
