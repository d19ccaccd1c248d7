/**
 * Buckets served as websites.
 *
 * <ul>
 *   <li>{@link BucketWebsite} answers GetBucketWebsite, PutBucketWebsite and DeleteBucketWebsite.
 *   <li>{@link WebsiteDocument} reads and writes their document.
 *   <li>{@link WebsitePages} answers browsers.
 *   <li>{@link RoutingRules} redirects requests for keys, before the read and after an error.
 *   <li>{@link ErrorPage} writes a refusal as a page.
 * </ul>
 */
@NullMarked
package rondo.s3.website;

import org.jspecify.annotations.NullMarked;
