/**
 * Buckets shown as websites. A {@link BucketWebsite} operation keeps the settings of a {@code
 * WebsiteDocument}; {@link WebsitePages} answers browsers: first by {@code RoutingRules}, which
 * make {@code Redirection}s, then with objects, else with an {@code ErrorPage}.
 */
@NullMarked
package rondo.gateway.s3.website;

import org.jspecify.annotations.NullMarked;
