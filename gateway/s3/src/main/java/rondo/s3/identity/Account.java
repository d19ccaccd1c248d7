package rondo.s3.identity;

import java.util.List;

/**
 * An account as administrators see it.
 *
 * @param id 64 hex digits: the canonical user id, S3's Owner ID
 * @param email empty for none
 * @param role its word in the admin API; empty for none
 * @param accessKeys ids of its keys, sorted
 */
public record Account(
    String id,
    String name,
    String email,
    long createdMicros,
    String role,
    List<String> accessKeys) {}
