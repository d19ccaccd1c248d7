package rondo.s3.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rondo.s3.error.S3Error;
import rondo.s3.request.Operation;
import rondo.s3.request.Operation.ObjectOperation;
import rondo.s3.request.Operation.OtherOperation;

/**
 * Every operation demands the actions that the table in {@code actions.txt} names, on those
 * resources, and no others: with all of them it isn't denied, and without any one of them it is.
 */
final class ActionsTest {
  /** Requests that demand nothing of their sender, and a website, which is for everyone. */
  private static final Set<Operation> APART = Set.of(OtherOperation.values());

  /** A line of the table. */
  record Line(
      String method,
      String target,
      Map<String, String> headers,
      String document,
      List<String> needs) {
    static Line of(String text) {
      String[] sides = text.split(" => ", 2);
      String[] request = sides[0].split(" *\\| *", 3);
      String[] head = request[0].split(" ", 2);
      var headers = new LinkedHashMap<String, String>();
      for (String header : (request.length < 2 ? "" : request[1]).split("; ", -1)) {
        int colon = header.indexOf(": ");
        if (colon > 0) {
          headers.put(header.substring(0, colon), header.substring(colon + 2).strip());
        }
      }
      return new Line(
          head[0],
          head[1],
          headers,
          request.length < 3 ? document(head[0] + " " + head[1]) : request[2],
          List.of(sides[1].split(", ", -1)));
    }

    /** The document of a good request of that kind. */
    private static String document(String start) {
      String plain = start.replaceFirst("&versionId=VERSION", "");
      return GoodRequests.LINES
          .lines()
          .filter(line -> line.startsWith(plain + " "))
          .map(line -> line.substring(plain.length() + 1))
          .findFirst()
          .orElse("");
    }

    Operation operation() {
      return MemoryGateway.operation(method, target, headers);
    }

    @Override
    public String toString() {
      return method + " " + target + " " + headers;
    }
  }

  static List<Line> lines() throws IOException {
    try (var in = Objects.requireNonNull(ActionsTest.class.getResourceAsStream("actions.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Line::of)
          .toList();
    }
  }

  @Test
  void every_operation_is_in_the_table() throws IOException {
    Set<Operation> all =
        Arrays.stream(Operation.class.getPermittedSubclasses())
            .flatMap(family -> Stream.of(family.getEnumConstants()))
            .map(Operation.class::cast)
            .filter(operation -> !APART.contains(operation))
            .collect(Collectors.toSet());
    assertThat(lines().stream().map(Line::operation).collect(Collectors.toSet())).isEqualTo(all);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void an_operation_demands_its_actions_and_no_others(Line line) {
    var gateway = new MemoryGateway();
    for (int missing = 0; missing < line.needs().size(); missing++) {
      var rest = new ArrayList<>(line.needs());
      String lacking = rest.remove(missing);
      assertThat(isDenied(gateway, line, rest)).as("without %s", lacking).isTrue();
    }
    assertThat(isDenied(gateway, line, line.needs())).as("with %s", line.needs()).isFalse();
  }

  private static boolean isDenied(MemoryGateway gateway, Line line, List<String> allowed) {
    gateway.allow(allowed);
    S3Error refusal =
        line.operation() == ObjectOperation.POST_OBJECT
            ? gateway.refusalOfForm(line.target(), line.headers())
            : gateway.refusal(line.method(), line.target(), line.headers(), line.document());
    return refusal == S3Error.ACCESS_DENIED;
  }
}
