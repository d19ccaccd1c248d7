/**
 * Browser form uploads: the form's head is read into a {@link rondo.gateway.s3.form.Form}, its
 * policy is judged as a {@link rondo.gateway.s3.form.PostPolicy}, the file streams through a {@link
 * rondo.gateway.s3.form.FileBody}, and {@link rondo.gateway.s3.form.PostObject} puts it as any
 * other object.
 */
@NullMarked
package rondo.gateway.s3.form;

import org.jspecify.annotations.NullMarked;
