package rondo.s3.xml;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record that mirrors a document of the S3 API, or a part of one: S3 chose its fields, so
 * the house's limit on parameters leaves it out.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.SOURCE)
public @interface S3Document {}
