package rondo.s3.object;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Header;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.access.S3Store;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.EncodedWords;
import rondo.s3.request.S3Request;
import rondo.s3.retention.NewLock;
import rondo.store.row.Bucket;

/** Makes the row of a new object from the headers of its request. Pure. */
public final class NewObject {
  static final String METADATA = "x-amz-meta-";

  /** The header with the location that a website redirects to instead of serving the object. */
  public static final String REDIRECT = "x-amz-website-redirect-location";

  private static final int LONGEST_REDIRECT = 2048;

  /** Headers that are stored with the object and sent back as they came. */
  public static final List<String> KEPT =
      List.of(
          "Content-Type",
          "Cache-Control",
          "Content-Disposition",
          "Content-Encoding",
          "Content-Language",
          "Expires",
          REDIRECT);

  private static final int MOST_METADATA_BYTES = 2048;

  private static final Set<String> STORAGE_CLASSES =
      Set.of(
          "STANDARD",
          "REDUCED_REDUNDANCY",
          "STANDARD_IA",
          "ONEZONE_IA",
          "INTELLIGENT_TIERING",
          "GLACIER_IR",
          "GLACIER",
          "DEEP_ARCHIVE");

  private NewObject() {}

  /**
   * A row with headers, metadata, tags, storage class, owner and grants, of a caller who may put an
   * object. What the headers need besides is required here, where they take effect.
   *
   * @throws S3Exception AccessDenied, MetadataTooLarge, InvalidTag, InvalidStorageClass,
   *     NotImplemented, and for grants InvalidArgument and similar errors
   */
  public static ObjectRow.Builder of(S3Request request, S3Store store, Bucket bucket) {
    store.access().requireHeaders(request, bucket);
    checkHeaders(request);
    ObjectRow.Builder row = ObjectRow.newBuilder();
    store.acls().own(row, request, bucket.row());
    boolean compat = store.acls().grants().compat();
    NewLock.on(row, request, bucket, store.rows().wallMicros(), compat);
    return withMetadata(row, request)
        .setStorageClass(storageClass(request.header("x-amz-storage-class")))
        .addAllTags(tags(request));
  }

  /** The tags of the request's header. */
  public static List<Header> tags(S3Request request) {
    return TagReader.ofHeader(request.header("x-amz-tagging"));
  }

  /** Replaces the row's headers and metadata by the request's. */
  public static ObjectRow.Builder withMetadata(ObjectRow.Builder row, S3Request request) {
    row.clearHeaders().clearUserMetadata();
    for (String name : KEPT) {
      String value = request.header(name);
      String kept = name.equals("Content-Encoding") ? withoutFraming(value) : value;
      if (name.equals(REDIRECT) && kept != null) {
        checkRedirect(kept);
      }
      if (kept != null && !kept.isEmpty()) {
        row.addHeaders(header(name, kept));
      }
    }
    metadata(request).forEach((name, value) -> row.addUserMetadata(header(name, value)));
    return row;
  }

  /**
   * Checks a redirect, which leads to another object of the bucket or to a URL.
   *
   * @throws S3Exception InvalidRedirectLocation
   */
  public static void checkRedirect(String location) {
    if (!location.startsWith("/")
        && !location.startsWith("http://")
        && !location.startsWith("https://")) {
      throw new S3Exception(S3Error.INVALID_REDIRECT_LOCATION);
    }
    if (location.length() > LONGEST_REDIRECT) {
      throw new S3Exception(
          S3Error.INVALID_REDIRECT_LOCATION,
          "The length of website redirect location cannot exceed 2,048 characters.");
    }
  }

  private static Header header(String name, String value) {
    return Header.newBuilder().setName(name).setValue(value).build();
  }

  /** Drops aws-chunked, which tells how the body travelled and not how it is encoded. */
  private static @Nullable String withoutFraming(@Nullable String encodings) {
    // A value without aws-chunked stays as the client wrote it.
    return encodings == null || !encodings.toLowerCase(Locale.ROOT).contains("aws-chunked")
        ? encodings
        : Stream.of(encodings.split(",", -1))
            .map(String::strip)
            .filter(encoding -> !encoding.equalsIgnoreCase("aws-chunked"))
            .collect(Collectors.joining(","));
  }

  private static Map<String, String> metadata(S3Request request) {
    var metadata = new LinkedHashMap<String, String>();
    for (Map.Entry<String, String> header : request.headers()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.startsWith(METADATA)) {
        metadata.merge(
            name.substring(METADATA.length()), header.getValue(), (one, two) -> one + "," + two);
      }
    }
    metadata.replaceAll((name, value) -> EncodedWords.decoded(value));
    // Header text has one character per byte.
    int size = metadata.entrySet().stream().mapToInt(NewObject::bytes).sum();
    if (size > MOST_METADATA_BYTES) {
      var details = new LinkedHashMap<String, String>();
      details.put("Size", Integer.toString(size));
      details.put("MaxSizeAllowed", Integer.toString(MOST_METADATA_BYTES));
      throw new S3Exception(
          S3Error.METADATA_TOO_LARGE, S3Error.METADATA_TOO_LARGE.message(), details);
    }
    return metadata;
  }

  private static int bytes(Map.Entry<String, String> entry) {
    return entry.getKey().getBytes(StandardCharsets.ISO_8859_1).length
        + entry.getValue().getBytes(StandardCharsets.ISO_8859_1).length;
  }

  /** The storage class for the row; empty for STANDARD. */
  private static String storageClass(@Nullable String given) {
    if (given == null || given.isEmpty() || given.equals("STANDARD")) {
      return "";
    }
    if (!STORAGE_CLASSES.contains(given)) {
      throw new S3Exception(
          S3Error.INVALID_STORAGE_CLASS,
          S3Error.INVALID_STORAGE_CLASS.message(),
          Map.of("StorageClassRequested", given));
    }
    return given;
  }

  /**
   * Refuses parameters that must not be ignored: partNumber needs an uploadId, and only PutObject
   * writes at an offset.
   *
   * @throws S3Exception NotImplemented, InvalidArgument
   */
  private static void checkHeaders(S3Request request) {
    String part = request.query().value("partNumber");
    if (part != null) {
      throw S3Exception.argument(
          "partNumber", part, "This operation does not accept partNumber without uploadId");
    }
    for (Map.Entry<String, String> header : request.headers()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.startsWith(AppendObject.OFFSET)) {
        throw S3Exception.notImplemented(name);
      }
    }
  }
}
