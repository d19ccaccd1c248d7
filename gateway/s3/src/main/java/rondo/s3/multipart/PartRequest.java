package rondo.s3.multipart;

import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.error.S3Exception;
import rondo.s3.request.S3Request;
import rondo.storage.chunk.ChunkOwner;
import rondo.store.blob.BlobStore;
import rondo.store.row.Bucket;
import rondo.store.upload.Upload;

/** The upload and the part that a request names. */
record PartRequest(Upload upload, int number) {
  static final int MOST_PARTS = 10_000;

  /**
   * @throws S3Exception InvalidArgument, NoSuchBucket, AccessDenied, NoSuchUpload
   */
  static PartRequest of(S3Store store, S3Request request) {
    Bucket bucket = store.bucket(request, Action.PUT_OBJECT);
    String given = request.query().value("partNumber", "");
    if (!given.matches("[0-9]{1,5}") || outside(Integer.parseInt(given))) {
      throw S3Exception.argument(
          "partNumber", given, "Part number must be an integer between 1 and 10000, inclusive");
    }
    Upload upload = store.uploads().open(bucket, request.key(), uploadId(request));
    return new PartRequest(upload, Integer.parseInt(given));
  }

  private static boolean outside(int number) {
    return number < 1 || number > MOST_PARTS;
  }

  static String uploadId(S3Request request) {
    return request.query().value("uploadId", "");
  }

  /** A blob store with the bucket's number of copies. */
  BlobStore blobs(S3Store store) {
    return upload.bucket().blobs(store.blobs());
  }

  ChunkOwner owner() {
    return new ChunkOwner(upload.shard(), upload.keyBytes(), upload.idBytes(), number);
  }
}
