/**
 * Objects and their versions.
 *
 * <ul>
 *   <li>{@link ObjectTable} reads, writes and deletes objects.
 *   <li>{@link VersionReader} reads a version where its bucket is now.
 *   <li>{@link StoredObject} is an object's row as it was read.
 *   <li>{@link ObjectPlace} is a bucket and a key.
 *   <li>{@link WriteCondition} checks the object that a write replaces.
 *   <li>{@link ConditionalHead} writes a head under such a condition.
 *   <li>{@link ObjectExtension} appends blobs to an object.
 *   <li>{@link ObjectSlot} locates the rows of one key.
 *   <li>{@link ObjectRows} reads objects' rows from the states of registers.
 *   <li>{@link ObjectLocks} refuses the removal and change of locked versions.
 *   <li>{@link VersionTable} writes, removes and changes versions of a key.
 *   <li>{@link VersionId} names a version.
 *   <li>{@link VersionPromotion} makes an older version the current one.
 *   <li>{@link NewestVersion} finds the version to promote.
 *   <li>{@link SiblingVersions} writes the versions of available buckets.
 *   <li>{@link BlobRelocation} replaces a version's blobs by copies.
 *   <li>{@link VersionPositions} places versions that conditional writes make.
 * </ul>
 */
@NullMarked
package rondo.store.object;

import org.jspecify.annotations.NullMarked;
