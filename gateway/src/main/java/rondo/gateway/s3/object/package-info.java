/**
 * Operations on one object. {@link PutObject} takes {@link NewObject} and {@link Tags} from the
 * headers and the data through a {@link BodyReceiver}, under {@link WriteConditions} ({@link
 * Conditions} are those of reads, {@link DeleteConditions} those of deletions). {@link
 * ObjectReader} finds what {@link GetObject}, {@link HeadObject} and {@link GetObjectAttributes}
 * tell: a {@code Selection} of its bytes ({@link ByteRange}) and {@link ObjectHeaders}. {@link
 * DeleteObject} and {@link DeleteObjects} remove, each by a {@code Deletion}, {@link ObjectTagging}
 * changes tags. {@link VersionIds} say which version. {@link CopyObject} copies from a {@link
 * CopySource}, by {@link ByteCopy} where bytes have to move; {@link RenameObject} moves a name,
 * under {@link RenameConditions}. {@link AppendObject} puts bytes behind those that are there, and
 * {@link Appended} says what the object is then. What is in an {@link Archive} can't be read before
 * {@link RestoreObject}.
 */
@NullMarked
package rondo.gateway.s3.object;

import org.jspecify.annotations.NullMarked;
