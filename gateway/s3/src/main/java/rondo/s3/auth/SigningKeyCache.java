package rondo.s3.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import rondo.ring.value.Bytes;

/**
 * Derives the signing key of a day, region and service, and caches the latest ones, which saves
 * four HMACs per request. Bounded; thread-safe.
 */
final class SigningKeyCache {
  private static final int MAX_REMEMBERED = 10_000;

  private final Cache<Scope, Bytes> keys =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

  private record Scope(String secret, String day, String region, String service) {}

  Bytes key(String secret, CredentialScope credential) {
    var scope = new Scope(secret, credential.day(), credential.region(), credential.service());
    return keys.get(scope, SigningKeyCache::derive);
  }

  private static Bytes derive(Scope scope) {
    byte[] day = step(("AWS4" + scope.secret()).getBytes(StandardCharsets.UTF_8), scope.day());
    byte[] service = step(step(day, scope.region()), scope.service());
    return Bytes.wrap(step(service, "aws4_request"));
  }

  private static byte[] step(byte[] key, String text) {
    return Hashes.hmacSha256(key, text.getBytes(StandardCharsets.UTF_8));
  }
}
