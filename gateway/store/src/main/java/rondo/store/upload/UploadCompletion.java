package rondo.store.upload;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.UploadRow;
import rondo.metadata.table.Keys;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.coordinate.Decision;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;
import rondo.store.object.ObjectRows;
import rondo.store.object.ObjectSlot;
import rondo.store.object.ObjectTable;
import rondo.store.object.StoredObject;
import rondo.store.object.VersionId;
import rondo.store.object.VersionTable;
import rondo.store.object.WriteCondition;
import rondo.store.row.Bucket;
import rondo.store.row.RefusalException;
import rondo.store.row.RowStore;
import rondo.store.row.StoreException;
import rondo.store.row.StoreException.Reason;

/**
 * Turns an upload into an object, once, however many requests ask for it.
 *
 * <ol>
 *   <li>CLOSING: the parts are read and checked. From here on a part that is replaced isn't
 *       released by its writer, so that the parts that were read stay.
 *   <li>COMPLETING: the upload's row holds the object's row and the stamp that the object had. From
 *       here on any gateway can go on.
 *   <li>The object's row is written as the successor of that stamp and of no other, so that a
 *       repetition never puts the object back over a newer one. If another write came first, it
 *       counts as having replaced this object at once.
 *   <li>COMPLETED: the row keeps the answer. The parts' rows are removed.
 * </ol>
 */
public final class UploadCompletion {
  /** The most times that concurrent completions and aborts of the upload may come first. */
  private static final int MOST_TRIES = 8;

  private final UploadTable uploads;
  private final ObjectTable objects;
  private final Bucket bucket;
  private final String key;
  private final String id;

  public UploadCompletion(
      UploadTable uploads, ObjectTable objects, Bucket bucket, String key, String id) {
    this.uploads = uploads;
    this.objects = objects;
    this.bucket = bucket;
    this.key = key;
    this.id = id;
  }

  /**
   * Completes the upload.
   *
   * @param assembly makes the object's row of the upload and its parts, or refuses
   * @param condition null for none
   * @return the object's row; for a repetition, that of the first completion
   * @throws StoreException NO_SUCH_UPLOAD; CONDITION_UNKNOWN when another write came between, and
   *     the upload is gone; a refusal of the assembly or of the condition, after which the upload
   *     is open again
   */
  public ObjectRow complete(Assembly assembly, @Nullable WriteCondition condition) {
    for (int i = 0; i < MOST_TRIES; i++) {
      Upload upload = uploads.find(bucket, key, id);
      if (upload == null || upload.row().getPhase() == UploadRow.Phase.ABORTED) {
        throw UploadTable.noSuchUpload(id);
      }
      switch (upload.row().getPhase()) {
        case COMPLETING -> {
          ObjectRow installed = install(upload);
          if (installed != null) {
            return end(upload, installed);
          }
        }
        case COMPLETED -> {
          uploads.removeParts(upload, UploadTable.blobs(upload.row().getResult()));
          return upload.row().getResult();
        }
        default -> close(upload, assembly, condition);
      }
    }
    throw new StoreException(Reason.NOT_DONE);
  }

  /** Makes the object's row of an upload and its parts. */
  @FunctionalInterface
  public interface Assembly {
    /**
     * @throws RefusalException when the parts aren't those that the client names
     */
    ObjectRow of(Upload upload, List<UploadedPart> parts);
  }

  private void close(Upload upload, Assembly assembly, @Nullable WriteCondition condition) {
    Stamp mine = change(upload, upload.stamp(), row -> row.setPhase(UploadRow.Phase.CLOSING));
    if (mine == null) {
      return;
    }
    try {
      List<UploadedPart> parts = uploads.parts(upload, 0, Integer.MAX_VALUE);
      ObjectRow result = assembly.of(upload, parts).toBuilder().setUpload(id()).build();
      VersionedValue base = objects.buckets().in(bucket, now -> rows(now).read(objectKey()));
      RefusalException refusal = condition == null ? null : refusal(upload, base, condition);
      if (refusal != null) {
        throw refusal;
      }
      change(
          upload,
          mine,
          row ->
              on(base, row)
                  .setPhase(UploadRow.Phase.COMPLETING)
                  .setResult(result)
                  .setConditional(condition != null));
    } catch (RefusalException refused) {
      if (!refused.isFault()) {
        change(upload, mine, row -> row.setPhase(UploadRow.Phase.OPEN));
      }
      throw refused;
    }
  }

  /**
   * A condition holds for the object that was there when the upload began, and for no later one.
   */
  private static @Nullable RefusalException refusal(
      Upload upload, VersionedValue base, WriteCondition condition) {
    RefusalException refusal = condition.refusalOfHead(ObjectRows.row(base));
    FoundKey found = FoundKey.decode(upload.row().getBegunOn());
    return refusal != null || found == null || found.isStill(base)
        ? refusal
        : condition.refusalOfChange();
  }

  /**
   * Writes the object unless it was written before, or another write has come since the base.
   *
   * @return the row as it was written; null when the upload has to be read again
   */
  private @Nullable ObjectRow install(Upload upload) {
    ObjectRow result = upload.row().getResult();
    UploadBase base = UploadBase.decode(upload.row().getBaseStamp());
    return objects
        .buckets()
        .in(
            bucket,
            now ->
                now.keepsVersions()
                    ? install(upload, ObjectSlot.of(now, key), result, base)
                    : replace(now, upload, result, base.stamp()));
  }

  private @Nullable ObjectRow replace(Bucket now, Upload upload, ObjectRow result, Stamp base) {
    ConditionalResult update =
        rows(now)
            .update(
                objectKey(),
                before ->
                    before.stamp().equals(base)
                        ? new Decision.Put(RowStore.encode(result))
                        : new Decision.Decline());
    ObjectRow before = ObjectRows.withoutPlace(ObjectRows.row(update.before()));
    if (update instanceof ConditionalResult.Written) {
      if (before != null) {
        objects.releases().replaced(before, result.getSegmentsList());
      }
    } else if (!isOurs(before, result)) {
      if (isBase(upload, update.before())) {
        change(upload, upload.stamp(), row -> on(update.before(), row));
        return null;
      }
      // The other write counts as having replaced this object at once.
      refuseUnlessUnconditional(upload, result);
      objects.releases().replaced(result, List.of());
    }
    return result;
  }

  /** Writes the object as a version: one that was overtaken still becomes a version. */
  private @Nullable ObjectRow install(
      Upload upload, ObjectSlot slot, ObjectRow result, UploadBase base) {
    VersionTable versions = objects.versions();
    VersionTable.Written written = versions.write(slot, result, base.stamp(), base.position());
    if (written != null) {
      if (written.replaced() != null) {
        objects.releases().replaced(written.replaced(), result.getSegmentsList());
      }
      return written.row();
    }
    for (var id : List.of(new VersionId(base.position()), VersionId.NULL)) {
      StoredObject there = versions.read(slot, id);
      if (there != null && isOurs(there.row(), result)) {
        return there.row();
      }
    }
    VersionedValue next = slot.in(objects.rows()).read(slot.head());
    if (!isBase(upload, next)) {
      refuseUnlessUnconditional(upload, result);
    }
    change(upload, upload.stamp(), row -> on(next, row));
    return null;
  }

  private boolean isOurs(@Nullable ObjectRow row, ObjectRow result) {
    Set<ByteString> ours = UploadTable.blobs(result);
    return row != null
        && (row.getUpload().equals(id())
            || UploadTable.blobs(row).stream().anyMatch(ours::contains));
  }

  private void refuseUnlessUnconditional(Upload upload, ObjectRow result) {
    if (upload.row().getConditional()) {
      objects.releases().replaced(result, List.of());
      change(upload, upload.stamp(), row -> row.setPhase(UploadRow.Phase.ABORTED));
      uploads.removeParts(upload, UploadTable.blobs(result));
      throw new StoreException(Reason.CONDITION_UNKNOWN);
    }
  }

  private ObjectRow end(Upload upload, ObjectRow result) {
    ObjectRow answer =
        result.toBuilder().clearParts().clearHeaders().clearUserMetadata().clearTags().build();
    change(
        upload,
        upload.stamp(),
        row -> row.setPhase(UploadRow.Phase.COMPLETED).clearTemplate().setResult(answer));
    uploads.removeParts(upload, UploadTable.blobs(result));
    return result;
  }

  /** Changes the upload's row if it still has that stamp; returns null when it hasn't. */
  private @Nullable Stamp change(
      Upload upload, Stamp expected, Function<UploadRow.Builder, UploadRow.Builder> change) {
    ConditionalResult update =
        objects
            .buckets()
            .in(
                bucket,
                now ->
                    rows(now)
                        .update(
                            upload.rowKey(),
                            before ->
                                before.stamp().equals(expected) && before.value() != null
                                    ? new Decision.Put(
                                        RowStore.encode(
                                            change
                                                .apply(
                                                    RowStore.decode(
                                                        UploadRow.parser(), before.value())
                                                        .toBuilder())
                                                .build()))
                                    : new Decision.Decline()));
    return update instanceof ConditionalResult.Written(VersionedValue _, Stamp stamp, boolean _)
        ? stamp
        : null;
  }

  private RowStore rows(Bucket now) {
    return objects.rows().in(now);
  }

  private ByteString id() {
    return ByteString.copyFromUtf8(id);
  }

  private Key objectKey() {
    var bytes = rondo.ring.value.Bytes.utf8(key);
    return Keys.object(bucket.shardOf(bytes), bytes);
  }

  private UploadRow.Builder on(VersionedValue head, UploadRow.Builder row) {
    return row.setBaseStamp(UploadBase.on(head, objects.rows().wallMicros()).encode())
        .setBaseFound(FoundKey.of(head).encode());
  }

  /** Whether the base's object is still there: a change of its tags, ACL or keys is no write. */
  private static boolean isBase(Upload upload, VersionedValue head) {
    FoundKey base = FoundKey.decode(upload.row().getBaseFound());
    return base != null && base.isStill(head);
  }
}
