package rondo.s3.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.s3.policy.Policy;
import rondo.s3.policy.PolicyException;
import rondo.s3.policy.PolicyReader;
import rondo.s3.policy.PublicPolicy;

/** Keeps parsed policies of buckets across requests. Thread-safe; bounded. */
final class PolicyCache {
  private static final Logger log = LoggerFactory.getLogger(PolicyCache.class);

  /** A policy has at most 20 KiB. */
  private static final int MOST = 1_000;

  /**
   * Takes the place of a stored document that this release can't parse: it denies everyone
   * everything.
   */
  private static final String NOTHING =
      """
      {"Version": "2012-10-17", "Statement": {"Sid": "unreadable", "Effect": "Deny",
       "Principal": "*", "Action": "*", "Resource": "*"}}
      """;

  // The reader for older tools: it reads every stored policy, whichever profile accepted it.
  private final PolicyReader reader = PolicyReader.ofOlderTools();
  private final Cache<String, ParsedPolicy> read = Caffeine.newBuilder().maximumSize(MOST).build();

  /** A policy, and whether it is public. */
  record ParsedPolicy(Policy policy, boolean isPublic) {}

  /** The parsed policy; null for an empty document. */
  @Nullable ParsedPolicy of(String document) {
    return document.isEmpty() ? null : read.get(document, this::parse);
  }

  private ParsedPolicy parse(String document) {
    Policy policy;
    try {
      policy = reader.read(document);
    } catch (PolicyException unreadable) {
      log.error("a bucket's policy can't be read, so nobody is let in: {}", unreadable.message());
      policy = reader.read(NOTHING);
    }
    return new ParsedPolicy(policy, PublicPolicy.isPublic(policy));
  }
}
