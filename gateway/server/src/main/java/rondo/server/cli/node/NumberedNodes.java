package rondo.server.cli.node;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Nodes called {@code NAME-0}, {@code NAME-1} and so on, of which {@code count} are wanted: those
 * with the lowest numbers. Pods of a Kubernetes stateful set are called so.
 *
 * @param name what stands before the hyphen and the number
 * @param count at least 1
 */
record NumberedNodes(String name, int count) {
  /** Members with too high a number, by the answer of {@code /status}. */
  List<String> surplus(JsonNode status) {
    return chosen(members(status, _ -> true), number -> number >= count);
  }

  /** Those of {@link #surplus} that are neither drained nor told to leave yet. */
  List<String> untold(JsonNode status) {
    List<String> leaving = leaving(status).toList();
    return chosen(members(status, node -> !isDrained(node)), number -> number >= count).stream()
        .filter(node -> !leaving.contains(node))
        .toList();
  }

  /** Those of {@link #surplus} that hold data still. */
  List<String> holding(JsonNode status) {
    return chosen(
        members(status, node -> node.path("holds").asInt() > 0), number -> number >= count);
  }

  /** Nodes that are wanted, and that an earlier order has drained, or removed. */
  List<String> missed(JsonNode status) {
    return chosen(
        Stream.concat(leaving(status), members(status, NumberedNodes::isDrained)).distinct(),
        number -> number < count);
  }

  private static boolean isDrained(JsonNode node) {
    return node.path("capacityBytes").asLong() == 0;
  }

  private static Stream<String> members(JsonNode status, Predicate<JsonNode> which) {
    return words(status.path("nodes")).filter(which).map(node -> node.path("name").asString());
  }

  private static Stream<String> leaving(JsonNode status) {
    return words(status.path("layout").path("leaving")).map(JsonNode::asString);
  }

  private static Stream<JsonNode> words(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private List<String> chosen(Stream<String> nodes, IntPredicate wanted) {
    Pattern numbered = Pattern.compile(Pattern.quote(name) + "-([0-9]{1,9})");
    return nodes
        .filter(node -> {
          Matcher found = numbered.matcher(node);
          return found.matches() && wanted.test(Integer.parseInt(found.group(1)));
        })
        .sorted()
        .toList();
  }
}
