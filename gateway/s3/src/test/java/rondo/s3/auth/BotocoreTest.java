package rondo.s3.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Verifies requests that botocore 1.43 signed with KEY and secret, for odd keys and queries, in
 * headers and in the query. The file has one request a line: method, path, query and headers,
 * separated by tabs.
 */
final class BotocoreTest {
  private static final Instant NOW = Instant.parse("2026-11-21T05:00:00Z");

  @Test
  void requests_signed_by_botocore_verify() throws IOException {
    var authenticator =
        new Authenticator(
            new AuthSettings("us-east-1", false),
            key -> new Identity("id", "name", "", key, "secret"));
    var rejected = new ArrayList<String>();
    List<String> lines = lines();
    for (String line : lines) {
      SenderVerdict verdict = authenticator.verify(parse(line), NOW);
      if (!(verdict instanceof SenderVerdict.Verified)) {
        rejected.add(line + "\n" + verdict);
      }
    }
    assertThat(lines).hasSizeGreaterThan(100);
    assertThat(rejected).isEmpty();
  }

  private static List<String> lines() throws IOException {
    try (var in = BotocoreTest.class.getResourceAsStream("botocore.tsv")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    }
  }

  private static SignedRequest parse(String line) {
    String[] fields = line.split("\t", -1);
    var headers = new ArrayList<Map.Entry<String, String>>();
    for (int at = 3; at < fields.length; at++) {
      int equals = fields[at].indexOf('=');
      headers.add(Map.entry(fields[at].substring(0, equals), fields[at].substring(equals + 1)));
    }
    return new SignedRequest(fields[0], fields[1], fields[2], headers);
  }
}
