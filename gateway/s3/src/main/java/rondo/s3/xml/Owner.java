package rondo.s3.xml;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * An account, as documents name it.
 *
 * @param displayName null where it isn't told
 */
public record Owner(@JsonProperty("ID") String id, @Nullable String displayName) {}
