package rondo.s3.http;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import rondo.server.boot.NodeProcess;
import rondo.server.cli.option.ServerOptions;

/** One whole node on free ports, whose root has the keys of {@link RawClient}. */
final class TestNode {
  private TestNode() {}

  static NodeProcess start(Path data, String... flags) {
    var all = new ArrayList<>(List.of("--data=" + data, "--durability=none"));
    for (String port : List.of("s3", "admin", "node")) {
      all.add("--" + port + "-listen=127.0.0.1:0");
    }
    all.addAll(List.of(flags));
    return NodeProcess.start(
        ServerOptions.read(
            Map.of(
                "RONDO_ROOT_ACCESS_KEY",
                RawClient.ACCESS_KEY,
                "RONDO_ROOT_SECRET_KEY",
                RawClient.SECRET),
            all.toArray(String[]::new)));
  }
}
