package rondo.s3.form;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The answer to a form that asks for status 201. */
record PostResponse(
    String location, String bucket, String key, @JsonProperty("ETag") String etag) {}
