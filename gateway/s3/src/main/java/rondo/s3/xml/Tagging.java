package rondo.s3.xml;

import org.jspecify.annotations.Nullable;

/** The document of the tagging operations. */
public record Tagging(@Nullable TagSet tagSet) {}
