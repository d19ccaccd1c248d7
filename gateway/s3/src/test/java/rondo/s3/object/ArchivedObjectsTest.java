package rondo.s3.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import rondo.metadata.rows.ObjectRow;

final class ArchivedObjectsTest {
  private static final Instant NOW = Instant.parse("2012-10-15T10:30:00Z");

  private static ObjectRow row(String storageClass, Instant until) {
    return ObjectRow.newBuilder()
        .setStorageClass(storageClass)
        .setRestoredUntilMicros(ArchivedObjects.micros(until))
        .build();
  }

  /** The example of the API reference. */
  @Test
  void it_lasts_to_the_midnight_after_so_many_days() {
    assertThat(ArchivedObjects.expiry(NOW, 3)).isEqualTo("2012-10-19T00:00:00Z");
  }

  @Test
  void a_restored_object_is_archived_again_when_its_time_is_over() {
    Instant until = ArchivedObjects.expiry(NOW, 1);
    ObjectRow row = row("GLACIER", until);
    assertThat(ArchivedObjects.isReadable(row, until.minusSeconds(1))).isTrue();
    assertThat(ArchivedObjects.header(row, until.minusSeconds(1)))
        .isEqualTo("ongoing-request=\"false\", expiry-date=\"Wed, 17 Oct 2012 00:00:00 GMT\"");
    assertThat(ArchivedObjects.isReadable(row, until)).isFalse();
    assertThat(ArchivedObjects.header(row, until)).isNull();
    assertThat(ArchivedObjects.isReadable(row("GLACIER_IR", Instant.EPOCH), NOW)).isTrue();
  }
}
