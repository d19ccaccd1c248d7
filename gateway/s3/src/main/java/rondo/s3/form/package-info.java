/**
 * Uploads by browser forms.
 *
 * <ul>
 *   <li>{@link rondo.s3.form.PostObject}: POST Object
 *   <li>{@code PostForm}: the fields of a form before its file
 *   <li>{@code FormFile}: the file of a form and its length
 *   <li>{@code FormFileBody}: the bytes of its file
 *   <li>{@code PostPolicy}: the conditions that the signer of a form sets
 *   <li>{@code PostResponse}: the document that a form may ask for
 * </ul>
 */
@NullMarked
package rondo.s3.form;

import org.jspecify.annotations.NullMarked;
