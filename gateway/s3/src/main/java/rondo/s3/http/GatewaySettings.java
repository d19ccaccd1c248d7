package rondo.s3.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.s3.proxy.TrustedProxies;

/**
 * The settings of a node's S3 server.
 *
 * @param node name of this node in answers
 * @param compat whether older tools are served as they expect (profile compat)
 * @param rootAccount the account that may do everything
 * @param stall a client that sends nothing of its body for this time is cut off
 */
public record GatewaySettings(
    Listener listener,
    String node,
    String region,
    Domains domains,
    boolean compat,
    String rootAccount,
    Bounds bounds,
    Duration stall) {
  /**
   * How much a client may make.
   *
   * @param buckets of one account; 0 for any number
   * @param uploads open ones of one bucket; 0 for any number
   */
  public record Bounds(int buckets, int uploads) {}

  /**
   * The address that clients connect to.
   *
   * @param port 0: any free one
   * @param certificate a PEM chain; null: plain HTTP
   * @param key its private key in PEM; given with the certificate
   * @param proxies those in front that are believed about their clients
   */
  public record Listener(
      String host,
      int port,
      @Nullable Path certificate,
      @Nullable Path key,
      TrustedProxies proxies) {}

  /**
   * The domains whose subdomains are buckets.
   *
   * @param buckets domains of the API
   * @param websites domains of buckets served as websites
   */
  public record Domains(List<String> buckets, List<String> websites) {}

  /** Less than clients wait for an answer, more than a lossy link needs to recover. */
  public static final Duration STALL = Duration.ofSeconds(30);
}
