package rondo.server.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class NumberedNodesTest {
  /**
   * Members, with a bar behind those that are drained, and an exclamation mark where they hold
   * nothing.
   */
  private static JsonNode status(String members, String leaving) {
    var names = new StringBuilder();
    for (String member : members.split(" ", -1)) {
      boolean drained = member.endsWith("|") || member.endsWith("!");
      names
          .append(names.isEmpty() ? "" : ",")
          .append("{'name':'" + member.replaceAll("[|!]", "") + "'")
          .append(",'capacityBytes':" + (drained ? 0 : 9))
          .append(",'holds':" + (member.endsWith("!") ? 0 : 5) + "}");
    }
    String left = leaving.isEmpty() ? "" : "'" + leaving.replace(" ", "','") + "'";
    String text = "{'nodes':[" + names + "],'layout':{'leaving':[" + left + "]}}";
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  @Test
  void nodes_with_higher_numbers_are_surplus() {
    JsonNode status = status("s-0 s-1 s-2 s-10", "");
    assertThat(new NumberedNodes("s", 2).surplus(status)).containsExactly("s-10", "s-2");
    assertThat(new NumberedNodes("s", 2).untold(status)).containsExactly("s-10", "s-2");
    assertThat(new NumberedNodes("s", 11).surplus(status)).isEmpty();
  }

  @Test
  void a_drain_that_was_begun_is_not_ordered_again() {
    JsonNode status = status("s-0 s-1 s-2 s-3| s-4!", "s-3");
    assertThat(new NumberedNodes("s", 2).surplus(status)).containsExactly("s-2", "s-3", "s-4");
    assertThat(new NumberedNodes("s", 2).untold(status)).containsExactly("s-2");
    assertThat(new NumberedNodes("s", 2).holding(status)).containsExactly("s-2", "s-3");
  }

  @Test
  void wanted_nodes_that_were_drained_or_removed_are_missed() {
    assertThat(new NumberedNodes("s", 4).missed(status("s-0 s-1|", "s-2 s-3 s-4")))
        .containsExactly("s-1", "s-2", "s-3");
  }

  @Test
  void other_names_are_left_alone() {
    JsonNode status = status("s-0 t-9 s-x s-9-9 ss-9 s-99999999999 spare", "t-0 extra-s-0");
    assertThat(new NumberedNodes("s", 1).surplus(status)).isEmpty();
    assertThat(new NumberedNodes("s", 1).missed(status)).isEmpty();
  }
}
