package rondo.server.cli.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;
import rondo.server.config.ByteSizes;
import tools.jackson.databind.json.JsonMapper;

/** What an order may come with that takes a node or a zone away from the copies of the data. */
public final class OrderOptions {
  @Option(
      names = "--under-replicated",
      description =
          "Leave fewer nodes or zones than the copies need: the seats of the others stay vacant"
              + " until a node comes.")
  boolean underReplicated;

  @Option(names = "--copies", paramLabel = "N", description = "Have so many copies from now on.")
  int copies;

  /** The orders as the admin API reads them. */
  public String body(String order) {
    var orders = new ArrayList<String>();
    orders.add(withBytes(order.strip().split("\\s+")));
    if (copies > 0) {
      orders.add("copies " + copies);
    }
    if (underReplicated) {
      orders.add("under-replicated");
    }
    return JsonMapper.shared().writeValueAsString(Map.of("orders", orders));
  }

  /** The API takes bytes where people write a size. */
  private static String withBytes(String... words) {
    if (words[0].toLowerCase(Locale.ROOT).equals("capacity") && words.length == 3) {
      return String.join(
          " ", List.of(words[0], words[1], Long.toString(ByteSizes.parse(words[2]))));
    }
    return String.join(" ", words);
  }
}
