package rondo.s3.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import rondo.metadata.listing.PageCursor;
import rondo.metadata.rows.UploadRow;
import rondo.metadata.table.Tables;
import rondo.ring.message.Reply;
import rondo.ring.value.Bytes;
import rondo.s3.lifecycle.DueAction;
import rondo.s3.lifecycle.LifecycleRules;
import rondo.s3.lifecycle.RuleSubject;
import rondo.store.Store;
import rondo.store.listing.VersionListing;
import rondo.store.object.VersionId;
import rondo.store.row.Bucket;
import rondo.store.upload.UploadTable;

/**
 * One walk through a bucket that finds the actions due by its rules: first those of objects and
 * their versions, then those of uploads. Used by one thread.
 */
final class BucketWalk {
  /** A row with many parts takes some hundred KiB. */
  private static final int PAGE = 200;

  private static final int OBJECTS = 0;
  private static final int UPLOADS = 1;

  /** Takes each page of the walk. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Takes a page.
     *
     * @param found the subjects with a due action
     * @param seen number of rows on the page
     * @param next the position at which the walk goes on
     * @return whether it shall go on
     */
    boolean page(List<DueSubject> found, int seen, WalkPosition next);
  }

  private final Store store;
  private final Bucket bucket;
  private final LifecycleRules rules;
  private final long nowMicros;
  private final boolean versioned;
  private long idleUntilMicros = Long.MAX_VALUE;

  BucketWalk(Store store, Bucket bucket, LifecycleRules rules, long nowMicros) {
    this.store = store;
    this.bucket = bucket;
    this.rules = rules;
    this.nowMicros = nowMicros;
    this.versioned = bucket.keepsVersions();
  }

  /**
   * Walks from a position to the end, or until the visitor stops it.
   *
   * @return whether it came to the end
   */
  boolean run(WalkPosition from, Visitor visitor) {
    if (from.stage() == OBJECTS) {
      for (Bytes prefix : objects()) {
        if (!from.isBehind(prefix) && !objects(prefix, from.within(prefix), visitor)) {
          return false;
        }
      }
    }
    WalkPosition then = from.stage() == UPLOADS ? from : new WalkPosition(UPLOADS, Bytes.EMPTY);
    for (Bytes prefix : KeyRanges.covering(rules.scope().uploads())) {
      if (!then.isBehind(prefix) && !uploads(prefix, then.within(prefix), visitor)) {
        return false;
      }
    }
    return true;
  }

  private List<Bytes> objects() {
    Stream<String> noncurrent = versioned ? rules.scope().noncurrent() : Stream.empty();
    return KeyRanges.covering(Stream.concat(rules.scope().objects(), noncurrent));
  }

  private boolean objects(Bytes prefix, Bytes from, Visitor visitor) {
    var subjects = new VersionSubjects(versioned);
    VersionListing.Page page = listing(prefix).from(from);
    while (!page.entries().isEmpty()) {
      var found = new ArrayList<RuleSubject>();
      page.entries().forEach(entry -> subjects.next(entry, found));
      VersionListing.Entry last = page.entries().getLast();
      if (!page.more()) {
        subjects.end(found);
      }
      // A later walk goes on from the start of the key, since its versions belong together.
      var next = new WalkPosition(OBJECTS, Bytes.utf8(last.name()));
      if (!visitor.page(judged(found), page.entries().size(), next)) {
        return false;
      }
      if (!page.more()) {
        return true;
      }
      VersionId id = VersionId.of(Objects.requireNonNull(last.row(), "a version without a row"));
      page = listing(prefix).behind(last.name(), id);
    }
    return true;
  }

  private VersionListing listing(Bytes prefix) {
    return new VersionListing(
        store.objects(), store.listing(), bucket, new VersionListing.Scope(prefix, null, PAGE));
  }

  private boolean uploads(Bytes prefix, Bytes start, Visitor visitor) {
    PageCursor uploads = store.listing().walk(bucket, Tables.UPLOADS, prefix, start, PAGE);
    for (Reply.Page page : uploads.pages()) {
      if (page.entries().isEmpty()) {
        return true;
      }
      var found = new ArrayList<RuleSubject>();
      page.entries().forEach(entry -> upload(entry, found));
      var next = new WalkPosition(UPLOADS, PageCursor.behind(page.entries().getLast()));
      if (!visitor.page(judged(found), page.entries().size(), next)) {
        return false;
      }
    }
    return true;
  }

  private static void upload(Reply.Entry entry, List<RuleSubject> subjects) {
    UploadTable.Entry begun = UploadTable.begun(entry);
    UploadRow row = begun == null ? null : begun.row();
    if (begun != null && row != null) {
      subjects.add(
          new RuleSubject.PendingUpload(begun.name(), begun.id(), row.getInitiatedMicros()));
    }
  }

  private List<DueSubject> judged(List<RuleSubject> subjects) {
    var found = new ArrayList<DueSubject>();
    for (RuleSubject subject : subjects) {
      switch (rules.due(subject, nowMicros)) {
        case DueAction.Nothing(long until) -> idleUntilMicros = Math.min(idleUntilMicros, until);
        case DueAction due -> {
          found.add(new DueSubject(subject, due));
          // A moved object is due again some day, and a failed action at once.
          idleUntilMicros = Math.min(idleUntilMicros, nowMicros);
        }
      }
    }
    return found;
  }

  /**
   * The time before which another walk finds nothing. It holds after a walk that went from the
   * start to the end.
   */
  long idleUntilMicros() {
    return Math.min(idleUntilMicros, rules.scope().earliestDueMicros(nowMicros, versioned));
  }
}
