package rondo.s3.admission;

import rondo.s3.request.Operation;
import rondo.s3.request.Operation.BucketOperation;
import rondo.s3.request.Operation.ObjectOperation;
import rondo.s3.request.Operation.UploadOperation;

/** The memory that operations use beside their body and their answer. Pure. */
public final class OperationMemory {
  /** A copy reads one chunk and another ahead, and has pieces on their way to replicas. */
  private static final long COPY_BYTES = 3L << 20;

  /** A page of a listing: up to a thousand rows, their document, and the rows that it passes. */
  private static final long PAGE_BYTES = 1L << 20;

  private OperationMemory() {}

  /** The bytes that the operation draws before it begins; 0 for most. */
  public static long of(Operation operation) {
    return switch (operation) {
      case ObjectOperation.COPY_OBJECT, UploadOperation.UPLOAD_PART_COPY -> COPY_BYTES;
      case BucketOperation.LIST_OBJECTS,
          BucketOperation.LIST_OBJECTS_V2,
          BucketOperation.LIST_OBJECT_VERSIONS,
          UploadOperation.LIST_MULTIPART_UPLOADS,
          UploadOperation.LIST_PARTS ->
          PAGE_BYTES;
      default -> 0;
    };
  }
}
