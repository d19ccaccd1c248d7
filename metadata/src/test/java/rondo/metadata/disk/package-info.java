/**
 * Tests of disks, and the simulated disk that all tests use.
 *
 * <ul>
 *   <li>{@link SimulatedDisk} is a disk in memory that fails as real ones do.
 *   <li>{@link SimulatedBytes} has the bytes of one of its files, visible and durable ones.
 *   <li>{@link DiskFaults} says which of its operations fail.
 *   <li>{@link DiskContract} is the contract of every disk, simulated or real.
 *   <li>{@link SimulatedDiskTest} tests the faults too.
 *   <li>{@link FolderDiskTest} tests the lock too.
 * </ul>
 */
@NullMarked
package rondo.metadata.disk;

import org.jspecify.annotations.NullMarked;
