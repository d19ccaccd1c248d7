package rondo.server.cli.bucket;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rondo.server.cli.admin.AdminClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Shows the settings of a bucket, of every kind, through a node's admin API. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    description = "Shows all settings of a bucket: owner, quota, policy, lifecycle and the others.")
final class BucketInfoCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Option(
      names = "--usage",
      description = "Counts the bucket's objects, too, which takes as long as listing them all.")
  boolean usage;

  @Parameters(paramLabel = "BUCKET", description = "The bucket's name.")
  String name = "";

  @Override
  public Integer call() {
    JsonNode info = admin.read("GET", "/v1/buckets/" + name, "");
    if (usage && info instanceof ObjectNode all) {
      JsonNode counted = admin.read("GET", "/v1/buckets/" + name + "/usage", "");
      all.set("usage", counted);
    }
    admin.show(
        JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(info), this::say);
    return 0;
  }

  private void say(JsonNode info) {
    for (Map.Entry<String, JsonNode> setting : info.properties()) {
      admin.say("%-20s %s".formatted(words(setting.getKey()), value(setting.getValue())));
    }
  }

  /** The name of a field as a person writes it: {@code lifecycleRules} as lifecycle rules. */
  private static String words(String field) {
    var words = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      words.append(Character.isUpperCase(c) ? " " + Character.toLowerCase(c) : String.valueOf(c));
    }
    return words.toString();
  }

  private static String value(JsonNode value) {
    if (value.isObject()) {
      List<String> parts = new ArrayList<>();
      value.properties().forEach(it -> parts.add(words(it.getKey()) + " " + value(it.getValue())));
      return parts.isEmpty() ? "none" : String.join(", ", parts);
    }
    if (value.isArray()) {
      return value.isEmpty()
          ? "none"
          : String.join(", ", value.valueStream().map(BucketInfoCommand::value).toList());
    }
    if (value.isBoolean()) {
      return value.asBoolean() ? "yes" : "no";
    }
    return value.isIntegralNumber() ? "%,d".formatted(value.asLong()) : value.asString("");
  }
}
