package rondo.s3.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ObjectRow;
import rondo.ring.value.Stamp;
import rondo.store.row.Bucket;

final class ExpirationHeadersTest {
  private static final long WRITTEN =
      ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2014-01-15T10:30:00Z"));

  private static Bucket bucket(String rules) {
    var row = BucketRow.newBuilder();
    if (!rules.isEmpty()) {
      row.setLifecycle(LifecycleReaderTest.read(false, rules));
    }
    return new Bucket("b", row.build(), Stamp.ZERO);
  }

  private static final String RULE =
      "<Rule><ID>old &amp; large</ID><Filter><Prefix>p</Prefix></Filter><Status>Enabled</Status>"
          + "<Expiration><Days>3</Days></Expiration><AbortIncompleteMultipartUpload>"
          + "<DaysAfterInitiation>1</DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule>";

  @Test
  void an_answer_tells_when_and_by_which_rule_an_object_expires() {
    ObjectRow row = ObjectRow.newBuilder().setModifiedMicros(WRITTEN).build();
    assertThat(ExpirationHeaders.of(bucket(RULE), "p/a", row))
        .isEqualTo("expiry-date=\"Sun, 19 Jan 2014 00:00:00 GMT\", rule-id=\"old%20%26%20large\"");
    assertThat(ExpirationHeaders.of(bucket(RULE), "q", row)).isNull();
    assertThat(ExpirationHeaders.of(bucket(""), "p", row)).isNull();
  }

  @Test
  void an_answer_tells_when_an_upload_is_given_up() {
    assertThat(ExpirationHeaders.ofUpload(bucket(RULE), "p/a", WRITTEN))
        .containsEntry("x-amz-abort-date", "Fri, 17 Jan 2014 00:00:00 GMT")
        .containsEntry("x-amz-abort-rule-id", "old%20%26%20large");
    assertThat(ExpirationHeaders.ofUpload(bucket(RULE), "q", WRITTEN)).isEmpty();
  }
}
