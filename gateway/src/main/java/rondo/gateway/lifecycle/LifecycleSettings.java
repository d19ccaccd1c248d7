package rondo.gateway.lifecycle;

import rondo.gateway.s3.lifecycle.Days;

/**
 * How rules are carried out.
 *
 * @param days how long a day is
 * @param compat whether small objects change their class, and to any (profile compat)
 */
public record LifecycleSettings(Days days, boolean compat) {}
