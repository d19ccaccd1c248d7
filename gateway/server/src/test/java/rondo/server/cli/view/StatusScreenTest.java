package rondo.server.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

final class StatusScreenTest {
  private static String draw(String whole, boolean moving, String state, String copying) {
    return StatusScreen.draw(
        JsonMapper.shared()
            .readTree(
                """
                {"node": "one", "cluster": "0123456789abcdef", "durability": "FSYNC",
                 "health": {"live": {"good": true, "reasons": []}, "ready": {"good": true, "reasons": []},
                            "quorum": {"good": true, "reasons": []}, "whole": %s, "warnings": []},
                 "layout": {"epoch": 7, "moving": %s, "replicas": 3, "readQuorum": 2, "writeQuorum": 2},
                 "nodes": [
                   {"name": "one", "id": "1", "zone": "a", "address": "one:9002", "state": "up",
                    "capacityBytes": 1099511627776, "partitions": 4096},
                   {"name": "three", "id": "3", "zone": "attic", "address": "three:9002", "state": "%s",
                    "capacityBytes": 549755813888, "partitions": 2048}],
                 "load": {"shedding": false, "s3_requests_in_work": 3, "s3_connections_open": 5,
                          "s3_memory_used_bytes": 1048576, "s3_memory_limit_bytes": 134217728},
                 "copying": %s,
                 "copies": {"whole": true, "nodes": []},
                 "disks": [{"path": "/data", "ownBytes": 3221225472, "freeBytes": 1073741824,
                            "secondsLeft": 7200}],
                 "failedFolders": []}
                """
                    .formatted(whole, moving, state, copying)));
  }

  @Test
  void a_cluster_that_is_well_needs_nothing() {
    String screen =
        draw("{\"good\": true, \"reasons\": []}", false, "up", "{\"done\": 0, \"total\": 0}");
    assertThat(screen)
        .isEqualTo(
            """
            cluster 01234567 as 'one' knows it: 2 nodes, 3 copies (R=2 W=2), layout 7 settled, durability fsync
            S3      3 requests in work, 5 connections, 1.0 MiB of 128 MiB memory

            live    yes
            ready   yes
            quorum  yes
            whole   yes

            node   zone   state       share                     partitions   capacity  address
            one    a      up          ████████████████████████        4096    1.0 TiB  one:9002
            three  attic  up          ████████████░░░░░░░░░░░░        2048    512 GiB  three:9002

            disks of 'one'
              ██████████████████░░░░░░   75 %  3.0 GiB used, 1.0 GiB free, full in 2 h 0 min  /data

            next    nothing to do
            """);
  }

  @Test
  void what_is_wrong_is_said_with_what_to_do() {
    String reason =
        "{\"name\": \"nodes-down\", \"number\": 1, \"sentence\": \"Members that give no answer:"
            + " 1\"}";
    String screen =
        draw(
            "{\"good\": false, \"reasons\": [%s, {\"name\": \"of-a-newer-node\"}]}"
                .formatted(reason),
            false,
            "down",
            "{\"done\": 0, \"total\": 0}");
    assertThat(screen)
        .contains("whole   NO\n        Members that give no answer: 1\n")
        .containsPattern("three +attic +down ")
        .endsWith(
            "next    start the nodes that are down; 'rondo node lose NODE' gives one up for"
                + " good\n");
  }

  @Test
  void what_moves_has_a_bar_and_the_time_remaining() {
    String screen =
        draw(
            "{\"good\": true, \"reasons\": []}",
            true,
            "joining",
            "{\"done\": 100, \"total\": 400, \"bytes\": 2097152, \"secondsLeft\": 95}");
    assertThat(screen)
        .contains(
            "moving  ██████░░░░░░░░░░░░░░░░░░  100 of 400 partitions are here, 2.0 MiB of chunks,"
                + " time remaining 1 min 35 s\n")
        .endsWith("next    nothing: the move goes on by itself\n");
  }

  @Test
  void an_answer_without_anything_is_drawn_too() {
    assertThat(StatusScreen.draw(JsonMapper.shared().readTree("{}"))).contains("next    nothing");
  }

  @ParameterizedTest
  @CsvSource({"59, 59 s", "60, 1 min 0 s", "3600, 1 h 0 min", "86400, 24 h 0 min", "200000, 2 d"})
  void times_have_two_units_at_most(long seconds, String shown) {
    assertThat(Drawn.time(seconds)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"0, ░░░░", "0.001, █░░░", "0.5, ██░░", "1, ████", "7, ████", "-1, ░░░░"})
  void a_bar_shows_what_is_more_than_nothing(double share, String bar) {
    assertThat(Drawn.bar(share, 4)).isEqualTo(bar);
  }
}
