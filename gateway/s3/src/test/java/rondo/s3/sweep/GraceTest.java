package rondo.s3.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import rondo.metadata.rows.ObjectRow;
import rondo.store.Store;
import rondo.store.listing.VersionConflicts;
import rondo.store.object.StoredObject;
import rondo.store.object.VersionId;

/** An available bucket without versioning keeps overwritten versions for a day. */
final class GraceTest {
  private final RuleBucket it = new RuleBucket();

  private void makeAvailable() {
    it.store.buckets().change(it.bucket(), row -> row.toBuilder().setAvailable(true).build());
    it.store.lifecycles().mark(it.bucket(), Duration.ZERO);
  }

  private void write(Store through, String etag) {
    ObjectRow row =
        ObjectRow.newBuilder().setModifiedMicros(it.clock.wallMicros()).setEtag(etag).build();
    through.objects().write(through.buckets().find("b"), "a", row);
  }

  private VersionConflicts conflicts() {
    return VersionConflicts.of(it.store.listing(), it.bucket(), 10);
  }

  private String read() {
    StoredObject stored = it.store.objects().read(it.bucket(), "a");
    return stored == null ? "nothing" : stored.row().getEtag();
  }

  @Test
  void a_version_that_lost_to_a_concurrent_write_stays_for_a_day() {
    write(it.store, "before");
    makeAvailable();
    it.cluster.stop(2);
    it.cluster.stop(3);
    write(it.store, "alone");
    it.cluster.start(2);
    it.cluster.start(3);
    it.cluster.stop(1);
    it.clock.pass(Duration.ofSeconds(1));
    write(it.cluster.gateway(2), "together");
    it.cluster.start(1);
    assertThat(read()).isEqualTo("together");
    it.work();
    assertThat(it.versions()).containsExactly("a", "a", "a");
    VersionId loser = VersionId.parse(conflicts().first().getFirst().versions().getLast());
    StoredObject lost = it.store.objects().find(it.bucket(), "a", loser);
    assertThat(Objects.requireNonNull(lost).row().getEtag()).isEqualTo("alone");
    it.clock.pass(Duration.ofDays(2));
    it.work();
    assertThat(it.versions()).containsExactly("a");
    assertThat(read()).isEqualTo("together");
    assertThat(conflicts().count()).isZero();
  }

  @Test
  void a_deleted_object_is_gone_and_its_bytes_are_after_a_day() {
    makeAvailable();
    write(it.store, "v");
    it.delete("a");
    assertThat(read()).isEqualTo("nothing");
    assertThat(it.versions()).containsExactly("-a", "a");
    it.clock.pass(Duration.ofDays(2));
    it.work();
    assertThat(it.versions()).containsExactly("-a");
  }

  @Test
  void with_versioning_all_of_them_stay() {
    it.versioned();
    makeAvailable();
    write(it.store, "one");
    write(it.store, "two");
    it.clock.pass(Duration.ofDays(2));
    it.work();
    assertThat(it.versions()).containsExactly("a", "a");
  }
}
