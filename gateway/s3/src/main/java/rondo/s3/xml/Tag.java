package rondo.s3.xml;

import org.jspecify.annotations.Nullable;

/** One tag. */
public record Tag(@Nullable String key, @Nullable String value) {}
