package rondo.s3.auth;

/**
 * What signatures are held to.
 *
 * @param region the region that scopes must name
 * @param compat the profile of that name: signature version 2 is taken too, and a lifetime that no
 *     presigned URL may have is AccessDenied, as older services say
 */
public record AuthSettings(String region, boolean compat) {}
