package rondo.server.cli.view;

import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import rondo.server.cli.admin.AdminClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Draws the ring. */
@Command(
    name = "ring",
    mixinStandardHelpOptions = true,
    description = {
      "Draws the ring: who holds what, what is moving, and which nodes are down, away, suspected,",
      "full, joining, draining, leaving or rebuilding."
    })
public final class RingCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Mixin Watch watch = new Watch();

  @Override
  public Integer call() {
    return watch.show(admin, this::draw);
  }

  private void draw() {
    if (admin.isJson()) {
      JsonNode status = admin.read("GET", "/v1/status", "");
      var ring = new LinkedHashMap<String, JsonNode>();
      ring.put("layout", status.path("layout"));
      ring.put("nodes", status.path("nodes"));
      admin
          .out()
          .println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(ring));
    } else {
      admin.out().print(admin.call("GET", "/v1/ring", ""));
    }
    admin.out().flush();
  }
}
