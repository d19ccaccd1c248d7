package rondo.s3.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the S3 front of a node is set to.
 *
 * @param node what this node is called in answers
 * @param compat whether older tools are served as they expect (profile compat)
 * @param rootAccount the account that may do everything
 * @param mostRequests that are in work at once; a further one gets SlowDown
 * @param stall a client that neither sends nor takes anything for so long is cut off
 */
public record GatewaySettings(
    Listener listener,
    String node,
    String region,
    Domains domains,
    boolean compat,
    String rootAccount,
    int mostRequests,
    Duration stall) {
  /**
   * Where clients connect.
   *
   * @param port 0: any free one
   * @param certificate a PEM chain; null: plain HTTP
   * @param key its private key in PEM; given with the certificate
   */
  public record Listener(String host, int port, @Nullable Path certificate, @Nullable Path key) {}

  /**
   * The domains whose subdomains are buckets.
   *
   * @param buckets for the API
   * @param websites for buckets shown as websites
   */
  public record Domains(List<String> buckets, List<String> websites) {}

  /** So many requests use about 2 GiB at the very most, and a small part of that as a rule. */
  public static final int MOST_REQUESTS = 1_000;

  /** Less than what clients wait for an answer, more than what a lossy link needs to recover. */
  public static final Duration STALL = Duration.ofSeconds(30);
}
