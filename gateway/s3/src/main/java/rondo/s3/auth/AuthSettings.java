package rondo.s3.auth;

/**
 * The region and the profile by which signatures are verified.
 *
 * @param region the region that scopes must name
 * @param compat whether profile {@code compat} is in use: it accepts signature version 2, and
 *     refuses a presigned URL whose lifetime is out of range by AccessDenied, as older services do
 */
public record AuthSettings(String region, boolean compat) {}
