package rondo.gateway.s3.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import rondo.gateway.body.BodyClaims;
import rondo.gateway.s3.Address;
import rondo.gateway.s3.BodyReader;
import rondo.gateway.s3.S3Error;
import rondo.gateway.s3.S3Exception;
import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.S3Response;
import rondo.gateway.s3.xml.Delete;
import rondo.gateway.s3.xml.DeleteResult;
import rondo.gateway.s3.xml.Xml;
import rondo.gateway.store.Bucket;
import rondo.gateway.store.Condition;
import rondo.gateway.store.Store;
import rondo.metadata.rows.Grant;

/** DeleteObjects: each for itself, some at once. Thread-safe. */
public final class DeleteObjects {
  private static final int MOST_OBJECTS = 1000;

  /** A thousand keys of 1,024 characters, each of them escaped. */
  private static final int MOST_BYTES = 8 * 1024 * 1024;

  private static final int AT_ONCE = 32;

  private final Store store;

  public DeleteObjects(Store store) {
    this.store = store;
  }

  public S3Response answer(S3Request request) {
    Bucket bucket = store.buckets().of(request, Grant.Permission.WRITE);
    BodyClaims claims = BodyClaims.ofData(request.wire(), request.payload(), null);
    if (claims.contentMd5() == null && claims.algorithm() == null) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST, "Missing required header for this request: Content-MD5");
    }
    Delete document = Xml.read(BodyReader.whole(request, claims, MOST_BYTES), Delete.class);
    List<Delete.Item> items = document.object();
    if (items == null || items.isEmpty() || items.size() > MOST_OBJECTS) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    if (items.stream().anyMatch(item -> item.key() == null || item.key().isEmpty())) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    boolean quiet = Objects.requireNonNullElse(document.quiet(), false);
    return S3Response.document(result(items, deleteAll(bucket, items), quiet));
  }

  /** Per item why it isn't gone, or null. */
  private List<@Nullable S3Exception> deleteAll(Bucket bucket, List<Delete.Item> items) {
    var running = new ArrayList<Future<@Nullable S3Exception>>();
    var room = new Semaphore(AT_ONCE);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Delete.Item item : items) {
        room.acquireUninterruptibly();
        running.add(
            threads.submit(() -> {
              try {
                return delete(bucket, item);
              } finally {
                room.release();
              }
            }));
      }
    }
    var failures = new ArrayList<@Nullable S3Exception>();
    for (Future<@Nullable S3Exception> one : running) {
      failures.add(ended(one));
    }
    return failures;
  }

  private static @Nullable S3Exception ended(Future<@Nullable S3Exception> one) {
    try {
      return one.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a deletion ended with", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new S3Exception(S3Error.SERVICE_UNAVAILABLE);
    }
  }

  private @Nullable S3Exception delete(Bucket bucket, Delete.Item item) {
    String key = Objects.requireNonNull(item.key());
    try {
      Address.checkKey(key);
      if (item.lastModifiedTime() != null || item.size() != null) {
        throw S3Exception.notImplemented("A condition on size or time");
      }
      if (item.versionId() != null && !VersionIds.isOnly(item.versionId())) {
        return null;
      }
      Condition condition = Conditions.ofDelete(item.eTag());
      if (condition == null) {
        store.objects().delete(bucket, key);
      } else {
        store.objects().delete(bucket, key, condition);
      }
      return null;
    } catch (S3Exception failure) {
      return failure;
    }
  }

  private static DeleteResult result(
      List<Delete.Item> items, List<@Nullable S3Exception> failures, boolean quiet) {
    var deleted = new ArrayList<DeleteResult.Deleted>();
    var failed = new ArrayList<DeleteResult.Failure>();
    for (int i = 0; i < items.size(); i++) {
      String key = Objects.requireNonNull(items.get(i).key());
      String version = items.get(i).versionId();
      S3Exception failure = failures.get(i);
      if (failure != null) {
        failed.add(
            new DeleteResult.Failure(key, version, failure.error().code(), failure.message()));
      } else if (!quiet) {
        deleted.add(new DeleteResult.Deleted(key, version));
      }
    }
    return new DeleteResult(deleted, failed);
  }
}
