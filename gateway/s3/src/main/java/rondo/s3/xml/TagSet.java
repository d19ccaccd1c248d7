package rondo.s3.xml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tags of an object or a bucket. */
public record TagSet(@Nullable List<Tag> tag) {}
