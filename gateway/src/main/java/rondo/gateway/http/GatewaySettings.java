package rondo.gateway.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the S3 front of a node is set to.
 *
 * @param port 0: any free one
 * @param node what this node is called in answers
 * @param domains whose subdomains are buckets
 * @param websiteDomains whose subdomains are buckets shown as websites
 * @param certificate a PEM chain; null: plain HTTP
 * @param key its private key in PEM; given with the certificate
 * @param compat whether older tools are served as they expect (profile compat)
 * @param rootAccount the account that may do everything
 * @param mostRequests that are in work at once; a further one gets SlowDown
 * @param stall a client that neither sends nor takes anything for so long is cut off
 */
public record GatewaySettings(
    String host,
    int port,
    String node,
    String region,
    List<String> domains,
    List<String> websiteDomains,
    @Nullable Path certificate,
    @Nullable Path key,
    boolean compat,
    String rootAccount,
    int mostRequests,
    Duration stall) {

  /** So many requests use about 2 GiB at the very most, and a small part of that as a rule. */
  public static final int MOST_REQUESTS = 1_000;

  /** Less than what clients wait for an answer, more than what a lossy link needs to recover. */
  public static final Duration STALL = Duration.ofSeconds(30);
}
