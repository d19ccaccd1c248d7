package rondo.s3.xml;

import org.jspecify.annotations.Nullable;

/** One tag of an object or a bucket. */
public record Tag(@Nullable String key, @Nullable String value) {}
