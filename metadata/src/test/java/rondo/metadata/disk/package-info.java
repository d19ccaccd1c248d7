/**
 * Tests of disks, and the disk of all tests.
 *
 * <ul>
 *   <li>{@link SimulatedDisk} is a disk in memory that fails as real ones do.
 *   <li>{@link SimulatedBytes} are the bytes of one of its files.
 *   <li>{@link DiskFaults} says which of its operations fail.
 *   <li>{@link DiskContract} is what every disk does, the simulated and the real one.
 *   <li>{@link SimulatedDiskTest} tests the faults too.
 *   <li>{@link FolderDiskTest} tests the lock too.
 * </ul>
 */
@NullMarked
package rondo.metadata.disk;

import org.jspecify.annotations.NullMarked;
