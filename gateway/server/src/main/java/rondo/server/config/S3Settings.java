package rondo.server.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.s3.lifecycle.DayLength;
import rondo.server.config.Configuration.Profile;

/**
 * How a node serves S3.
 *
 * @param certificate of HTTPS, with {@code key}; null for HTTP
 * @param lifecycleDay the length of a day for lifecycle rules
 */
public record S3Settings(
    String region,
    List<String> domains,
    List<String> websiteDomains,
    @Nullable Path certificate,
    @Nullable Path key,
    Profile profile,
    DayLength lifecycleDay,
    BucketLimits limits) {}
