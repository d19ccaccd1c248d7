package rondo.s3.sweep;

import rondo.s3.lifecycle.DayLength;

/**
 * The settings of the work on lifecycle rules.
 *
 * @param days the length of a day
 * @param compat whether small objects change their class too, and to any (profile compat)
 */
public record LifecycleSettings(DayLength days, boolean compat) {}
