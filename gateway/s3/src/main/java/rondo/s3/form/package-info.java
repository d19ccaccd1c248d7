/**
 * Uploads by browser forms.
 *
 * <ul>
 *   <li>{@link PostObject} answers POST Object.
 *   <li>{@link PostForm} holds the fields of a form before its file.
 *   <li>{@link FormHead} reads them as their bytes arrive.
 *   <li>{@link FormFileBody} reads the bytes of its file up to their end.
 *   <li>{@link PostPolicy} holds the conditions that the signer of a form sets.
 *   <li>{@link PostResponse} is the document that a form may ask for.
 *   <li>{@link FormFile} holds the file of a form and the most that its length can be.
 * </ul>
 */
@NullMarked
package rondo.s3.form;

import org.jspecify.annotations.NullMarked;
