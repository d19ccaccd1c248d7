package rondo.s3.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.ring.coordinate.ConsistencyLevel;
import rondo.store.row.Consistency;
import rondo.store.row.RefusalException;

final class ConsistencyHeadersTest {
  private static Consistency read(String level, boolean writes) {
    return ConsistencyHeaders.read(level, null, "b", writes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%%%", "AA", "AQAA", "AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void other_text_is_no_token(String text) {
    assertThatThrownBy(() -> ConsistencyHeaders.read(null, text, "b", false))
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.INVALID_ARGUMENT));
  }

  @Test
  void a_write_with_a_level_below_a_quorum_is_refused() {
    assertThat(read("ONE", false).level()).isEqualTo(ConsistencyLevel.ONE);
    assertThat(read("quorum", true).level()).isEqualTo(ConsistencyLevel.QUORUM);
    assertThatThrownBy(() -> read("local_quorum", true))
        .isInstanceOf(S3Exception.class)
        .hasMessageContaining("is for reads");
  }

  @Test
  void another_level_is_an_invalid_argument() {
    assertThatThrownBy(() -> read("most", false))
        .isInstanceOfSatisfying(
            RefusalException.class,
            e -> {
              S3Exception refusal = S3Exception.of(e);
              assertThat(refusal.error()).isEqualTo(S3Error.INVALID_ARGUMENT);
              assertThat(refusal.details())
                  .containsEntry("ArgumentName", "x-rondo-consistency")
                  .containsEntry("ArgumentValue", "most");
            });
  }
}
