package rondo.server.cli.admin;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rondo.s3.error.PercentCoding;
import tools.jackson.databind.JsonNode;

/** Tells whether an account may do something, and why, through a node's admin API. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "Tells whether somebody may do something, and which statement decides.")
public final class ExplainCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "Who: a user's name or an account's id. Default: anybody, without a signature")
  @Nullable String account;

  @Option(names = "--access-key", paramLabel = "KEY", description = "Who: the owner of this key.")
  @Nullable String accessKey;

  @Option(
      names = "--version-id",
      paramLabel = "ID",
      description = "Of which version; of the current one by default.")
  @Nullable String versionId;

  @Option(
      names = "--with",
      paramLabel = "KEY=VALUE",
      description = "What the request says, by condition key, such as aws:SourceIp=192.0.2.1.")
  Map<String, String> known = Map.of();

  @Parameters(index = "0", paramLabel = "ACTION", description = "Such as s3:GetObject.")
  String action = "";

  @Parameters(index = "1", paramLabel = "BUCKET[/KEY]", description = "To what.")
  String resource = "";

  @Override
  public Integer call() {
    var query = new LinkedHashMap<String, @Nullable String>();
    query.put("action", action);
    int slash = resource.indexOf('/');
    query.put("bucket", slash < 0 ? resource : resource.substring(0, slash));
    query.put("key", slash < 0 ? null : resource.substring(slash + 1));
    query.put("account", account);
    query.put("accessKey", accessKey);
    query.put("versionId", versionId);
    query.putAll(known);
    admin.show("GET", "/v1/explain?" + encoded(query), "", this::say);
    return 0;
  }

  private void say(JsonNode answer) {
    boolean allowed = answer.path("allowed").asBoolean();
    String statement = answer.path("statement").asString("");
    admin.say(
        "%s: %s on %s: %s%s"
            .formatted(
                allowed ? "allowed" : "denied",
                answer.path("action").asString(),
                answer.path("resource").asString(),
                answer.path("decidedBy").asString(),
                statement.isEmpty() ? "" : ", statement " + statement));
    String note = answer.path("note").asString("");
    if (!note.isEmpty()) {
      admin.say("(" + note + ")");
    }
  }

  private static String encoded(Map<String, @Nullable String> query) {
    return query.entrySet().stream()
        .filter(one -> one.getValue() != null)
        .map(one -> encoded(one.getKey()) + "=" + encoded(String.valueOf(one.getValue())))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return PercentCoding.encode(text.getBytes(StandardCharsets.UTF_8), false);
  }
}
