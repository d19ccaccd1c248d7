package rondo.s3.removal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import rondo.s3.access.S3Store;
import rondo.s3.body.BodyClaims;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.BodyReader;
import rondo.s3.request.ResourceAddress;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.request.VersionIds;
import rondo.s3.retention.GovernanceBypass;
import rondo.s3.xml.Delete;
import rondo.s3.xml.DeleteResult;
import rondo.s3.xml.Xml;
import rondo.store.object.VersionId;
import rondo.store.row.Bucket;
import rondo.store.row.Consistency;
import rondo.store.row.RefusalException;

/** DeleteObjects: deletes each object on its own, some at the same time. Thread-safe. */
public final class DeleteObjects {
  private static final int MOST_OBJECTS = 1000;

  /** A thousand keys of 1,024 characters, each character escaped. */
  private static final int MOST_BYTES = 8 * 1024 * 1024;

  private static final int AT_ONCE = 32;

  private final S3Store store;
  private final DeleteConditions conditions;

  public DeleteObjects(S3Store store, DeleteConditions conditions) {
    this.store = store;
    this.conditions = conditions;
  }

  public S3Response answer(S3Request request) {
    Bucket bucket = store.named(request);
    GovernanceBypass.check(request, store, bucket);
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
    return S3Response.document(
        result(items, deleteAll(new ObjectRemoval(store, request), bucket, items), quiet));
  }

  /** The outcome of an item: either deleted or failed. */
  private record ItemOutcome(
      ObjectRemoval.@Nullable RemovedVersion deleted, @Nullable S3Exception failure) {}

  private List<ItemOutcome> deleteAll(
      ObjectRemoval deletion, Bucket bucket, List<Delete.Item> items) {
    var running = new ArrayList<Future<ItemOutcome>>();
    var room = new Semaphore(AT_ONCE);
    Consistency consistency = Consistency.current();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Delete.Item item : items) {
        room.acquireUninterruptibly();
        running.add(
            threads.submit(
                consistency.carrying(() -> {
                  try {
                    return delete(deletion, bucket, item);
                  } finally {
                    room.release();
                  }
                })));
      }
    }
    return running.stream().map(DeleteObjects::ended).toList();
  }

  private static ItemOutcome ended(Future<ItemOutcome> one) {
    try {
      return one.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a deletion ended with", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ItemOutcome(null, new S3Exception(S3Error.SERVICE_UNAVAILABLE));
    }
  }

  private ItemOutcome delete(ObjectRemoval deletion, Bucket bucket, Delete.Item item) {
    String key = Objects.requireNonNull(item.key());
    try {
      ResourceAddress.checkKey(key);
      VersionId id = VersionIds.ofItem(item.versionId());
      return new ItemOutcome(deletion.delete(bucket, key, id, conditions.of(item)), null);
    } catch (RefusalException refused) {
      S3Exception failure = S3Exception.of(refused);
      if (conditions.countsAsDone(failure)) {
        return new ItemOutcome(new ObjectRemoval.RemovedVersion(null, null), null);
      }
      return new ItemOutcome(null, failure);
    }
  }

  private static DeleteResult result(
      List<Delete.Item> items, List<ItemOutcome> ends, boolean quiet) {
    var deleted = new ArrayList<DeleteResult.Deleted>();
    var failed = new ArrayList<DeleteResult.Failure>();
    for (int i = 0; i < items.size(); i++) {
      String key = Objects.requireNonNull(items.get(i).key());
      String version = items.get(i).versionId();
      S3Exception failure = ends.get(i).failure();
      if (failure != null) {
        failed.add(
            new DeleteResult.Failure(key, version, failure.error().code(), failure.message()));
      } else if (!quiet) {
        deleted.add(deleted(key, version, Objects.requireNonNull(ends.get(i).deleted())));
      }
    }
    return new DeleteResult(deleted, failed);
  }

  private static DeleteResult.Deleted deleted(
      String key, @Nullable String version, ObjectRemoval.RemovedVersion deleted) {
    VersionId marker = deleted.marker();
    return marker == null
        ? new DeleteResult.Deleted(key, version, null, null)
        : new DeleteResult.Deleted(key, version, true, marker.toString());
  }
}
