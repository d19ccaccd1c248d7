/**
 * Multipart uploads.
 *
 * <ul>
 *   <li>{@link UploadTable} reads and writes uploads and their parts.
 *   <li>{@link Upload} is an upload as it was read.
 *   <li>{@link OpenUploads} knows roughly how many uploads of a bucket are open.
 *   <li>{@link UploadedPart} is a part.
 *   <li>{@link UploadPosition} orders uploads by key and id.
 *   <li>{@link UploadChange} changes uploads\' rows where they are.
 *   <li>{@link UploadCompletion} turns an upload into an object, once.
 *   <li>{@link EndedUploads} removes uploads that ended long ago.
 *   <li>{@link FoundKey} is what an upload found when it began.
 *   <li>{@link UploadBase} is what a completion stands on.
 *   <li>{@link UploadIds} makes ids, and tells whose they are.
 * </ul>
 */
@NullMarked
package rondo.store.upload;

import org.jspecify.annotations.NullMarked;
