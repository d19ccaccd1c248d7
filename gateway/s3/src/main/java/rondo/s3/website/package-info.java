/**
 * Buckets shown as websites.
 *
 * <ul>
 *   <li>{@link rondo.s3.website.BucketWebsite}: the operations on a bucket's configuration
 *   <li>{@code WebsiteDocument}: its document
 *   <li>{@code RoutingRules}: redirects for keys and errors
 *   <li>{@link rondo.s3.website.WebsitePages}: answers browsers
 *   <li>{@code ErrorPage}: a refusal as a browser shows it
 * </ul>
 */
@NullMarked
package rondo.s3.website;

import org.jspecify.annotations.NullMarked;
