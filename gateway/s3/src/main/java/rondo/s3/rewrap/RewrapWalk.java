package rondo.s3.rewrap;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import rondo.metadata.listing.PageCursor;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.Encryption;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.UploadRow;
import rondo.metadata.table.Tables;
import rondo.metadata.table.VersionRows;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.value.Bytes;
import rondo.s3.encryption.KeyVersion;
import rondo.s3.encryption.NewestKeys;
import rondo.s3.identity.IdentityException;
import rondo.s3.identity.SealedSecrets;
import rondo.store.Store;
import rondo.store.object.VersionId;
import rondo.store.row.Bucket;
import rondo.store.row.RowStore;
import rondo.store.row.StoreException;
import rondo.store.upload.UploadChange;

/**
 * Goes through all rows that can hold sealed keys or secrets: those of access keys, and of every
 * bucket's objects, versions and uploads. Parts are under their upload's key. Used by one thread.
 */
record RewrapWalk(Store store, SealedSecrets secrets, NewestKeys keys, RewrapTally tally) {
  private static final int BUCKETS = 100;

  /** A row with many parts takes some hundred KiB. */
  private static final int PAGE = 200;

  /** Takes the rows of a walk. */
  interface Visitor {
    /** Takes a row that holds something sealed. */
    void sealed(SealedRow row);

    /** Called for each row, sealed or not; returns false to end the walk. */
    boolean goesOn();
  }

  /**
   * Walks over everything, and notes in the tally what it couldn't read.
   *
   * @return false when the visitor has ended it
   */
  boolean run(Visitor visitor) {
    try {
      if (!secrets(visitor)) {
        return false;
      }
    } catch (IdentityException unavailable) {
      tally.unread("access keys", "can't be read: " + unavailable.getMessage());
    }
    try {
      return buckets(visitor);
    } catch (StoreException unavailable) {
      tally.unread("buckets", "can't be listed: " + unavailable.message());
      return true;
    }
  }

  private boolean secrets(Visitor visitor) {
    var rows = new ArrayList<SealedRow>();
    secrets.through((accessKey, sealed) ->
        rows.add(
            new SealedRow(
                "access key " + accessKey,
                List.of(keys.own(sealed)),
                false,
                () -> {
                  secrets.reseal(accessKey);
                  return true;
                })));
    for (SealedRow row : rows) {
      visitor.sealed(row);
      if (!visitor.goesOn()) {
        return false;
      }
    }
    return true;
  }

  private boolean buckets(Visitor visitor) {
    var all =
        new ScanRange(
            Tables.BUCKETS, Tables.BUCKETS_PARTITION, Bytes.EMPTY, Bytes.EMPTY, null, BUCKETS);
    for (Reply.Entry entry : PageCursor.over(all, store.rows()::scan)) {
      if (!bucket(entry, visitor)) {
        return false;
      }
    }
    return true;
  }

  private boolean bucket(Reply.Entry entry, Visitor visitor) {
    Bytes value = entry.value();
    if (value == null) {
      return true;
    }
    BucketRow row = RowStore.decode(BucketRow.parser(), value);
    var bucket = new Bucket(entry.sort().utf8(), row, entry.stamp());
    try {
      return objects(bucket, Tables.VERSIONS, visitor)
          && objects(bucket, Tables.OBJECTS, visitor)
          && uploads(bucket, visitor);
    } catch (StoreException e) {
      if (e.reason() != StoreException.Reason.NO_SUCH_BUCKET) {
        tally.unread("bucket " + bucket.name(), "can't be read: " + e.message());
      }
      return true;
    }
  }

  private boolean objects(Bucket bucket, int table, Visitor visitor) {
    for (Reply.Entry entry : store.listing().walk(bucket, table, Bytes.EMPTY, Bytes.EMPTY, PAGE)) {
      Bytes value = entry.value();
      if (value != null) {
        boolean version = table == Tables.VERSIONS;
        Bytes key = version ? VersionRows.key(entry.sort()) : entry.sort();
        object(bucket, key.utf8(), RowStore.decode(ObjectRow.parser(), value), version, visitor);
      }
      if (!visitor.goesOn()) {
        return false;
      }
    }
    return true;
  }

  private void object(Bucket bucket, String key, ObjectRow row, boolean version, Visitor visitor) {
    List<KeyVersion> named = row.getGone() ? List.of() : keys.named(row.getEncryption());
    if (!named.isEmpty()) {
      visitor.sealed(
          new SealedRow(
              bucket.name() + "/" + key,
              named,
              !version && !row.getVersion().isEmpty(),
              () -> rewrap(bucket, key, VersionId.of(row))));
    }
  }

  private boolean rewrap(Bucket bucket, String key, VersionId id) {
    // A lock keeps the data and its own end, and neither is touched.
    store.objects().relock(bucket, key, id, this::rewrapped);
    return true;
  }

  private ObjectRow rewrapped(ObjectRow row) {
    return row.hasEncryption()
        ? row.toBuilder().setEncryption(keys.rewrapped(row.getEncryption())).build()
        : row;
  }

  private boolean uploads(Bucket bucket, Visitor visitor) {
    for (Reply.Entry entry :
        store.listing().walk(bucket, Tables.UPLOADS, Bytes.EMPTY, Bytes.EMPTY, PAGE)) {
      Bytes value = entry.value();
      if (value != null) {
        upload(bucket, entry, RowStore.decode(UploadRow.parser(), value), visitor);
      }
      if (!visitor.goesOn()) {
        return false;
      }
    }
    return true;
  }

  private void upload(Bucket bucket, Reply.Entry entry, UploadRow row, Visitor visitor) {
    var named = new ArrayList<KeyVersion>();
    for (Encryption sealed :
        List.of(row.getTemplate().getEncryption(), row.getResult().getEncryption())) {
      named.addAll(keys.named(sealed));
    }
    if (!named.isEmpty()) {
      UnaryOperator<UploadRow> change = this::rewrapped;
      visitor.sealed(
          new SealedRow(
              "an upload in bucket " + bucket.name(),
              named,
              false,
              () -> new UploadChange(store.buckets(), store.rows()).apply(bucket, entry, change)));
    }
  }

  private UploadRow rewrapped(UploadRow row) {
    UploadRow.Builder changed = row.toBuilder();
    if (row.hasTemplate()) {
      changed.setTemplate(rewrapped(row.getTemplate()));
    }
    if (row.hasResult()) {
      changed.setResult(rewrapped(row.getResult()));
    }
    return changed.build();
  }
}
