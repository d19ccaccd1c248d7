package rondo.gateway.boot;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.gateway.boot.Configuration.Profile;
import rondo.gateway.s3.lifecycle.Days;

/**
 * How a node serves S3.
 *
 * @param certificate of HTTPS, with {@code key}; null: HTTP
 * @param lifecycleDay how long a day is for the work of lifecycle rules
 * @param shardRows how many rows a shard of a bucket may have; 0: any number
 */
public record S3Settings(
    String region,
    List<String> domains,
    List<String> websiteDomains,
    @Nullable Path certificate,
    @Nullable Path key,
    Profile profile,
    Days lifecycleDay,
    long shardRows) {}
