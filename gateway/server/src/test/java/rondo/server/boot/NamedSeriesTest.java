package rondo.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The name of a node among the labels of its metrics. */
final class NamedSeriesTest {
  @Test
  void series_with_labels_have_the_node_s_name_and_others_stay_as_they_are() {
    String text =
        """
        # TYPE rondo_ready gauge
        rondo_ready 1
        rondo_health{question="whole"} 0
        rondo_disk_seconds_left{disk="/a} 1/b"} -1
        """;
    assertThat(NamedSeries.named(text, "one"))
        .isEqualTo(
            """
            # TYPE rondo_ready gauge
            rondo_ready 1
            rondo_health{question="whole",node="one"} 0
            rondo_disk_seconds_left{disk="/a} 1/b",node="one"} -1
            """);
  }
}
