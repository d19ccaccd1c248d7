/**
 * The room on a node's disks.
 *
 * <ul>
 *   <li>{@link DiskSpace}: looks at the disks again and again, and says what may be put there.
 *   <li>{@link DiskUse}: how full one disk is, for how long it lasts, and what follows.
 *   <li>{@link SpaceLevel}: what a disk still takes.
 *   <li>{@link DiskTrend}: the pace at which a disk fills.
 *   <li>{@link Ballast}: gives up a file when the disk is full, so that deletes go on.
 *   <li>{@link DiskProbe}: asks the operating system.
 * </ul>
 */
@NullMarked
package rondo.server.space;

import org.jspecify.annotations.NullMarked;
