package rondo.gateway.auth;

/**
 * What signatures are held to.
 *
 * @param region the region that scopes must name
 * @param version2 whether signature version 2 is taken too (profile compat)
 */
public record AuthSettings(String region, boolean version2) {}
