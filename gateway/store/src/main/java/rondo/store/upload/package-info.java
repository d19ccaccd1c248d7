/**
 * Multipart uploads.
 *
 * <ul>
 *   <li>{@link UploadTable} reads and writes uploads and their parts.
 *   <li>{@link Upload} is an upload as it was read.
 *   <li>{@link UploadedPart} is a part.
 *   <li>{@link UploadPosition} orders uploads by key and id.
 *   <li>{@link UploadCompletion} turns an upload into an object, once.
 *   <li>{@link EndedUploads} removes uploads that ended long ago.
 * </ul>
 */
@NullMarked
package rondo.store.upload;

import org.jspecify.annotations.NullMarked;
