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

/** The policies of buckets, read once for many requests. Thread-safe; bounded. */
final class PolicyCache {
  private static final Logger log = LoggerFactory.getLogger(PolicyCache.class);

  /** Of 20 KiB each at most. */
  private static final int MOST = 1_000;

  /** A document that another release of the program took and this one can't read lets nobody in. */
  private static final String NOTHING =
      """
      {"Version": "2012-10-17", "Statement": {"Sid": "unreadable", "Effect": "Deny",
       "Principal": "*", "Action": "*", "Resource": "*"}}
      """;

  // What was taken once is read again, whichever profile took it.
  private final PolicyReader reader = PolicyReader.ofOlderTools();
  private final Cache<String, ParsedPolicy> read = Caffeine.newBuilder().maximumSize(MOST).build();

  /** A policy, and whether it is public. */
  record ParsedPolicy(Policy policy, boolean isPublic) {}

  /** The policy of that document; null for an empty one. */
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
