package rondo.s3.sweep;

import rondo.s3.lifecycle.DayLength;

/**
 * How rules are carried out.
 *
 * @param days how long a day is
 * @param compat whether small objects change their class, and to any (profile compat)
 */
public record LifecycleSettings(DayLength days, boolean compat) {}
