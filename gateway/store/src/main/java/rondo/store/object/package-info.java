/**
 * Objects and their versions.
 *
 * <ul>
 *   <li>{@link ObjectTable} reads, writes and deletes objects.
 *   <li>{@link StoredObject} is an object's row as it was read.
 *   <li>{@link ObjectPlace} is a bucket and a key.
 *   <li>{@link WriteCondition} says what must hold of the object that a write replaces.
 *   <li>{@link ConditionalHead} writes a head under such a condition.
 *   <li>{@link ObjectExtension} puts further blobs behind those of an object.
 *   <li>{@link ObjectSlot} is where the rows of one key are.
 *   <li>{@link ObjectRows} reads what the states of objects' registers say.
 *   <li>{@link ObjectLocks} keep versions from going.
 *   <li>{@link VersionTable} writes, removes and changes versions of a key.
 *   <li>{@link VersionId} names a version.
 *   <li>{@link VersionPositions} places versions that conditional writes make.
 *   <li>{@link VersionPromotion} makes an older version the current one.
 *   <li>{@link NewestVersion} finds that version.
 *   <li>{@link SiblingVersions} writes the versions of available buckets.
 *   <li>{@link BlobRelocation} gives versions other blobs with the same bytes.
 * </ul>
 */
@NullMarked
package rondo.store.object;

import org.jspecify.annotations.NullMarked;
