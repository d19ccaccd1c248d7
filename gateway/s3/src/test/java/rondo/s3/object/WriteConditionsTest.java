package rondo.s3.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.auth.SignedRequest;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.removal.DeleteConditions;
import rondo.s3.request.ClientConnection;
import rondo.s3.request.QueryParameters;
import rondo.s3.request.RequestArrival;
import rondo.s3.request.RequestSender;
import rondo.s3.request.ResourceAddress;
import rondo.s3.request.S3Request;
import rondo.s3.xml.Delete;
import rondo.store.object.WriteCondition;
import rondo.store.row.RefusalException;

final class WriteConditionsTest {
  /** An object modified at 2026-11-21T05:00:00.5Z. */
  private static final ObjectRow THERE =
      ObjectRow.newBuilder()
          .setEtag("e")
          .setSize(7)
          .setModifiedMicros(Instant.parse("2026-11-21T05:00:00Z").toEpochMilli() * 1000 + 500_000)
          .build();

  private static final ObjectRow MARKER =
      THERE.toBuilder().setEtag("").setDeleteMarker(true).build();
  private static final ObjectRow GONE = ObjectRow.newBuilder().setGone(true).build();

  private static S3Request request(String... headers) {
    var all = new ArrayList<Map.Entry<String, String>>();
    for (int i = 0; i < headers.length; i += 2) {
      all.add(Map.entry(headers[i], headers[i + 1]));
    }
    return new S3Request(
        new SignedRequest("PUT", "/b/k", "", all),
        new ResourceAddress("b", "k"),
        new QueryParameters(""),
        RequestSender.ANONYMOUS,
        () -> null,
        new RequestArrival("id", Instant.EPOCH, new ClientConnection("", null)));
  }

  /** The statuses of a write over an object, nothing, a delete marker, a head without versions. */
  private static List<Integer> statuses(@Nullable WriteCondition condition) {
    var statuses = new ArrayList<Integer>();
    for (ObjectRow head : new @Nullable ObjectRow[] {THERE, null, MARKER, GONE}) {
      RefusalException refusal = Objects.requireNonNull(condition).refusalOfHead(head);
      statuses.add(refusal == null ? 200 : S3Exception.of(refusal).error().status());
    }
    return statuses;
  }

  @ParameterizedTest
  @CsvSource({
    "if-none-match, *, 412 200 200 200",
    "if-match, '\"e\"', 200 404 404 404",
    "if-match, e, 200 404 404 404",
    "if-match, '\"f\"', 412 404 404 404",
    "if-match, '\"f\", \"e\"', 200 404 404 404"
  })
  void a_write_looks_at_the_object_and_takes_a_marker_for_none(
      String header, String value, String statuses) {
    WriteCondition condition = new WriteConditions(false).of(request(header, value));
    assertThat(statuses(condition)).hasToString("[" + statuses.replace(" ", ", ") + "]");
  }

  @Test
  void a_condition_that_s3_does_not_take_on_writes_is_not_implemented() {
    var strict = new WriteConditions(false);
    assertThatThrownBy(() -> strict.of(request("if-none-match", "\"e\"")))
        .hasMessageContaining("not implemented");
    assertThatThrownBy(() -> strict.of(request("if-none-match", "*", "if-match", "*")))
        .hasMessageContaining("not implemented");
    assertThatThrownBy(() -> strict.of(request("if-modified-since", "today")))
        .hasMessageContaining("not implemented");
    assertThatThrownBy(() -> strict.of(request("if-match", " * ")))
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.details()).containsEntry("Header", "If-Match"));
    assertThat(strict.of(request())).isNull();
  }

  @ParameterizedTest
  @CsvSource({"if-match, e, If-Match", "if-none-match, *, If-None-Match"})
  void what_changed_since_an_upload_began_is_a_conflict(
      String header, String value, String condition) {
    WriteCondition judged =
        Objects.requireNonNull(new WriteConditions(false).of(request(header, value)));
    S3Exception refusal = S3Exception.of(Objects.requireNonNull(judged.refusalOfChange()));
    assertThat(refusal.error()).isEqualTo(S3Error.CONDITIONAL_REQUEST_CONFLICT);
    assertThat(refusal.details()).containsExactly(Map.entry("Condition", condition));
    assertThat(refusal.isFault()).as("the upload stays open").isFalse();
  }

  @Test
  void older_tools_name_an_entity_tag_that_must_not_match() {
    var older = new WriteConditions(true);
    assertThat(statuses(older.of(request("if-none-match", "e"))))
        .containsExactly(412, 200, 200, 200);
    assertThat(statuses(older.of(request("if-match", "*")))).containsExactly(200, 404, 404, 404);
    assertThat(statuses(older.of(request("if-none-match", "f"))))
        .containsExactly(200, 200, 200, 200);
  }

  @Test
  void a_deletion_under_a_condition_needs_the_object() {
    var strict = new DeleteConditions(false);
    assertThat(statuses(strict.of(request("if-match", "\"e\""))))
        .containsExactly(200, 404, 412, 404);
    assertThat(statuses(strict.of(request("if-match", "*")))).containsExactly(200, 404, 412, 404);
    assertThat(statuses(strict.of(request("if-match", "f")))).containsExactly(412, 404, 412, 404);
    assertThatThrownBy(() -> strict.of(request("x-amz-if-match-size", "7")))
        .hasMessageContaining("not implemented");
    assertThat(strict.of(request())).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "if-match, *, 200 404 200 404",
    "if-match, e, 200 404 412 404",
    "x-amz-if-match-size, 7, 200 404 200 404",
    "x-amz-if-match-size, 8, 412 404 412 404",
    "x-amz-if-match-last-modified-time, 'Sat, 21 Nov 2026 05:00:00 GMT', 200 404 200 404",
    "x-amz-if-match-last-modified-time, 'Sat, 21 Nov 2026 05:00:01 GMT', 412 404 412 404"
  })
  void older_tools_have_conditions_on_size_and_time_and_on_markers(
      String header, String value, String statuses) {
    WriteCondition condition = new DeleteConditions(true).of(request(header, value));
    assertThat(statuses(condition)).hasToString("[" + statuses.replace(" ", ", ") + "]");
  }

  @Test
  void with_older_tools_an_absent_object_is_deleted_under_any_condition() {
    var gone = new S3Exception(S3Error.NO_SUCH_KEY);
    assertThat(new DeleteConditions(true).countsAsDone(gone)).isTrue();
    assertThat(new DeleteConditions(false).countsAsDone(gone)).isFalse();
    assertThat(new DeleteConditions(true).countsAsDone(ReadConditions.failed("If-Match")))
        .isFalse();
  }

  @Test
  void each_object_of_a_list_has_conditions_of_its_own() {
    var item = new Delete.Item("k", null, "\"e\"", "2026-11-21T05:00:00Z", "7");
    assertThat(statuses(new DeleteConditions(true).of(item))).startsWith(200);
    var other = new Delete.Item("k", null, "\"e\"", "2026-11-21T05:00:00Z", "8");
    assertThat(statuses(new DeleteConditions(true).of(other))).startsWith(412);
    var bad = new Delete.Item("k", null, null, "soon", null);
    assertThatThrownBy(() -> new DeleteConditions(true).of(bad)).isInstanceOf(S3Exception.class);
    var odd = new Delete.Item("k", null, null, null, "-1");
    assertThatThrownBy(() -> new DeleteConditions(true).of(odd)).isInstanceOf(S3Exception.class);
  }
}
