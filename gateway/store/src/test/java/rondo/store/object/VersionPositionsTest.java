package rondo.store.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.PartRow;
import rondo.metadata.rows.UploadRow;
import rondo.metadata.table.VersionRows;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;
import rondo.store.MemoryBlobs;
import rondo.store.Store;
import rondo.store.StoreCluster;
import rondo.store.row.Bucket;
import rondo.store.row.RefusalException;
import rondo.store.row.RowStore;
import rondo.store.upload.UploadCompletion;

/** Ids of the versions that conditional writes make: none comes twice, and none can be foreseen. */
final class VersionPositionsTest {
  private static final long NOW = TimeUnit.DAYS.toMicros(20_000);
  private static final WriteCondition ANY = row -> null;

  private final Store store = new StoreCluster().gateway(1);
  private final Bucket unversioned;

  VersionPositionsTest() {
    store.buckets().create("b", "ann", "r");
    unversioned = store.buckets().find("b");
  }

  /** What makes a version on top of what it has judged. */
  enum Maker {
    CONDITION,
    DELETION,
    UPLOAD
  }

  private Bucket versioned() {
    store
        .buckets()
        .change(
            unversioned,
            row -> row.toBuilder().setVersioning(BucketRow.Versioning.ENABLED).build());
    return store.buckets().fresh("b");
  }

  private static ObjectRow row(String blob) {
    return ObjectRow.newBuilder().setEtag(blob).addSegments(MemoryBlobs.segment(blob)).build();
  }

  private ObjectRow make(Maker maker, Bucket bucket, String key) {
    return switch (maker) {
      case CONDITION -> store.objects().write(bucket, key, row("it"), ANY);
      case DELETION ->
          Objects.requireNonNull(
              store
                  .objects()
                  .delete(bucket, key, ObjectRow.getDefaultInstance(), new OfNothing())
                  .marker());
      case UPLOAD -> upload(bucket, key);
    };
  }

  /** Holds where there is nothing to delete, too. */
  private record OfNothing() implements WriteCondition {
    @Override
    public @Nullable RefusalException refusal(@Nullable ObjectRow current) {
      return null;
    }
  }

  private ObjectRow upload(Bucket bucket, String key) {
    String id = store.uploads().create(bucket, key, UploadRow.getDefaultInstance());
    PartRow part = PartRow.newBuilder().addSegments(MemoryBlobs.segment("p")).build();
    store.uploads().put(store.uploads().open(bucket, key, id), 1, part);
    var completion = new UploadCompletion(store.uploads(), store.objects(), bucket, key, id);
    ObjectRow made = completion.complete((upload, parts) -> row("it"), null);
    assertThat(completion.complete((upload, parts) -> row("it"), null).getVersion())
        .as("a repetition")
        .isEqualTo(made.getVersion());
    return made;
  }

  @ParameterizedTest
  @EnumSource
  void first_versions_of_keys_differ_from_each_other(Maker maker) {
    Bucket bucket = versioned();
    var ids = new HashSet<String>();
    for (int i = 0; i < 5; i++) {
      ids.add(VersionId.of(make(maker, bucket, "k" + i)).toString());
    }
    assertThat(ids).hasSize(5).noneMatch(id -> id.startsWith("AAAAAAAA"));
    ids.forEach(id -> {
      assertThat(id).matches("[A-Za-z0-9._]{32}");
      assertThat(VersionId.parse(id).toString()).isEqualTo(id);
      assertThat(VersionId.parse(id.replace('.', '-')).toString()).isEqualTo(id);
    });
  }

  @ParameterizedTest
  @EnumSource
  void versions_of_a_key_stand_in_the_order_of_their_writes(Maker maker) {
    Bucket bucket = versioned();
    List<VersionId> ids =
        IntStream.range(0, 4).mapToObj(i -> VersionId.of(make(maker, bucket, "k"))).toList();
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(ids.stream().map(id -> Objects.requireNonNull(id.position())).toList()).isSorted();
    VersionId plain = VersionId.of(store.objects().write(bucket, "k", row("plain")));
    VersionId last = VersionId.of(make(maker, bucket, "k"));
    assertThat(Objects.requireNonNull(last.position()))
        .isGreaterThan(Objects.requireNonNull(plain.position()));
    assertThat(Objects.requireNonNull(plain.position()))
        .isGreaterThan(Objects.requireNonNull(ids.getLast().position()));
  }

  @Test
  void an_id_that_was_removed_is_not_given_again() {
    Bucket bucket = versioned();
    VersionId first = VersionId.of(make(Maker.CONDITION, bucket, "k"));
    VersionId second = VersionId.of(make(Maker.CONDITION, bucket, "k"));
    assertThat(store.objects().remove(bucket, "k", second, ANY)).isNotNull();
    VersionId third = VersionId.of(make(Maker.CONDITION, bucket, "k"));
    assertThat(third).isNotIn(first, second);
    assertThat(store.objects().remove(bucket, "k", third, ANY)).isNotNull();
    assertThat(store.objects().remove(bucket, "k", first, ANY)).isNotNull();
    assertThat(VersionId.of(make(Maker.CONDITION, bucket, "k"))).isNotIn(first, second, third);
    assertThat(store.objects().find(bucket, "k", first)).isNull();
  }

  /** What was conditionally written before there were versions has no place that chance chose. */
  @Test
  void a_version_on_top_of_an_object_without_versions_is_no_key_s_as_another_s() {
    store.objects().write(unversioned, "k", row("old"), ANY);
    store.objects().write(unversioned, "l", row("old"), ANY);
    Bucket bucket = versioned();
    VersionId one = VersionId.of(make(Maker.CONDITION, bucket, "k"));
    VersionId other = VersionId.of(make(Maker.UPLOAD, bucket, "l"));
    assertThat(one).isNotEqualTo(other);
    assertThat(store.objects().find(bucket, "k", VersionId.NULL)).isNotNull();
    assertThat(Objects.requireNonNull(store.objects().read(bucket, "k")).row().getEtag())
        .isEqualTo("it");
  }

  /** A purged key is as one that was never written: no state of it says what once was. */
  @Test
  void after_a_purge_chance_chooses_anew() {
    var places = new HashSet<Stamp>();
    for (int i = 0; i < 1_000; i++) {
      Stamp place = VersionPositions.after(VersionedValue.NEVER, NOW);
      assertThat(place.time()).isBetween(1L, NOW >> 6);
      places.add(place);
    }
    assertThat(places).hasSize(1_000);
    assertThat(places.stream().map(Stamp::node).distinct()).hasSize(1_000);
  }

  @Test
  void versions_of_before_stay_where_they_are_and_later_ones_come_behind_them() {
    var old = new Stamp(0, 0, 3);
    ObjectRow row = row("old").toBuilder().setVersion(VersionRows.position(old)).build();
    VersionId id = VersionId.of(row);
    assertThat(VersionId.parse(id.toString())).isEqualTo(id);
    var head = new VersionedValue(old, RowStore.encode(row));
    Stamp next = VersionPositions.after(head, NOW);
    assertThat(next).isGreaterThan(old).isLessThan(new Stamp(NOW, 0, 0));
    ObjectRow following = row.toBuilder().setVersion(VersionRows.position(next)).build();
    var later = new VersionedValue(new Stamp(0, 0, 4), RowStore.encode(following));
    assertThat(VersionPositions.after(later, NOW))
        .isEqualTo(new Stamp(next.time(), next.node(), 5));
    assertThat(VersionPositions.after(new VersionedValue(new Stamp(NOW, 7, 0), null), NOW))
        .isEqualTo(new Stamp(NOW, 7, 1));
  }
}
