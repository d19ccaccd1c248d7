/**
 * What becomes of objects as they grow older, as clients say it: {@link
 * rondo.gateway.s3.lifecycle.BucketLifecycle} takes rules and tells them as a {@link
 * rondo.gateway.s3.lifecycle.LifecycleConfiguration}. {@link
 * rondo.gateway.s3.lifecycle.LifecycleReader} reads them, by {@link
 * rondo.gateway.s3.lifecycle.FilterReader}, {@link rondo.gateway.s3.lifecycle.ActionReader} and
 * {@link rondo.gateway.s3.lifecycle.TransitionReader}, with their {@link
 * rondo.gateway.s3.lifecycle.Numbers}, {@link rondo.gateway.s3.lifecycle.StorageClasses} and {@link
 * rondo.gateway.s3.lifecycle.MinimumSize}.
 *
 * <p>And as it happens: {@link rondo.gateway.s3.lifecycle.Rules}, with their {@link
 * rondo.gateway.s3.lifecycle.Filters} and {@link rondo.gateway.s3.lifecycle.Transitions}, say for a
 * {@link rondo.gateway.s3.lifecycle.Subject} what is {@link rondo.gateway.s3.lifecycle.Due},
 * counting {@link rondo.gateway.s3.lifecycle.Days}; their {@link rondo.gateway.s3.lifecycle.Scope}
 * is where they look, and {@link rondo.gateway.s3.lifecycle.Expiry} what answers tell of it.
 */
@NullMarked
package rondo.gateway.s3.lifecycle;

import org.jspecify.annotations.NullMarked;
