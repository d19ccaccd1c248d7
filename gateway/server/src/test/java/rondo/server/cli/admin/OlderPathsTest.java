package rondo.server.cli.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths for nodes of the release before. */
final class OlderPathsTest {
  @ParameterizedTest
  @CsvSource({
    "/v1/status, /status",
    "/v1/users/ann/keys, /users/ann/keys",
    "/v1/explain?action=s3:GetObject&bucket=b, /explain?action=s3:GetObject&bucket=b",
    "/v1/buckets/quota/quota, /quota/quota",
    "/v1/buckets/b.c/usage?x=/v1/, /usage/b.c?x=/v1/",
    "/v1/nodes/n1/maintenance, /maintenance/n1",
    "/v1/layout/stage, /layout/stage"
  })
  void each_has_one(String path, String older) {
    assertThat(OlderPaths.of(path)).isEqualTo(older);
  }

  @Test
  void they_are_for_nodes_whose_errors_have_no_code() {
    String before = "{\"error\": \"there is no GET /v1/status\"}";
    assertThat(OlderPaths.isMeant("/v1/status", 404, before)).isTrue();
    assertThat(OlderPaths.isMeant("/v1/status", 403, before)).isTrue();
    assertThat(OlderPaths.isMeant("/v1/status", 500, before)).isFalse();
    assertThat(OlderPaths.isMeant("/health", 404, before)).isFalse();
    assertThat(OlderPaths.isMeant("/v1/x", 404, "{\"code\": \"NotFound\"}")).isFalse();
    assertThat(OlderPaths.isMeant("/v1/x", 404, "<html>")).isFalse();
  }
}
