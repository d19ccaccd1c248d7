package rondo.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import rondo.server.boot.NodeProcess;
import rondo.server.cli.option.ServerOptions;
import rondo.server.storage.NodeCalls;
import tools.jackson.databind.json.JsonMapper;

/** Every command that asks a node shows JSON and nothing else with {@code --json}. */
@Timeout(600)
@Tag("node")
final class JsonEverywhereTest {
  /** Arguments for each command, by its words; it may fail, but not say anything but JSON. */
  private static final Map<String, String> ARGUMENTS = new LinkedHashMap<>();

  static {
    for (String plain :
        """
        status; ring; jobs; bucket list; health; missing; losses; scrub; limits; disk list; keys list; keys rewrap
        keys stop; layout show; layout revert; layout abort; token list; token create; token rotate
        user list\
        """
            .split("[;\n]", -1)) {
      ARGUMENTS.put(plain.strip(), "");
    }
    ARGUMENTS.put("user add", "alice");
    ARGUMENTS.put("user key", "alice");
    ARGUMENTS.put("user role", "alice operator");
    ARGUMENTS.put("user policy", "alice --set POLICY");
    ARGUMENTS.put("explain", "s3:GetObject bucket/key");
    ARGUMENTS.put("bucket info", "bucket --usage");
    ARGUMENTS.put("audit show", "--since 1h");
    ARGUMENTS.put("audit tail", "-n 3");
    ARGUMENTS.put("audit verify", "");
    ARGUMENTS.put("bucket usage", "bucket");
    ARGUMENTS.put("bucket shards", "bucket");
    ARGUMENTS.put("bucket quota", "bucket");
    ARGUMENTS.put("bucket consistency", "bucket one");
    ARGUMENTS.put("bucket copies", "bucket 0");
    ARGUMENTS.put("bucket quorum", "bucket");
    ARGUMENTS.put("bucket undelete-window", "bucket off");
    ARGUMENTS.put("bucket undelete", "");
    ARGUMENTS.put("bucket grant", "bucket alice read");
    ARGUMENTS.put("bucket available", "bucket");
    ARGUMENTS.put("bucket conflicts", "bucket");
    ARGUMENTS.put("lifecycle", "bucket --dry-run");
    ARGUMENTS.put("user remove", "alice");
    ARGUMENTS.put("node resume", "one");
    ARGUMENTS.put("node scale", "one 1");
    ARGUMENTS.put("layout stage", "zone one attic");
    ARGUMENTS.put("layout apply", "");
    ARGUMENTS.put("backup", "TARGET --key RECOVERY.pub");
    ARGUMENTS.put("backup status", "");
    ARGUMENTS.put("backup list", "TARGET");
    ARGUMENTS.put("backup verify", "TARGET");
    ARGUMENTS.put("backup keys", "TARGET RECOVERY.masters --key RECOVERY");
    ARGUMENTS.put("restore", "TARGET --key RECOVERY --bucket bucket --as again");
    ARGUMENTS.put("backup stop", "");
    ARGUMENTS.put("backup schedule", "");
  }

  /** These are refused by a cluster of one, or would end it. */
  private static final List<String> REFUSED =
      List.of(
          "node drain",
          "node remove",
          "node unban",
          "node lose",
          "node maintenance",
          "disk replace",
          "disk add",
          "disk drain",
          "losses accept",
          "token revoke",
          "bucket restore",
          // Gives lines of JSON until it is interrupted.
          "trace",
          "rescue",
          // Needs Kubernetes.
          "kubernetes reconcile",
          "stop");

  @TempDir Path folder = Path.of("");

  @Test
  void each_command_that_asks_a_node_shows_json() throws Exception {
    String[] flags = {
      "--data=" + folder.resolve("data"),
      "--node=one",
      "--durability=none",
      "--s3-listen=127.0.0.1:0",
      "--admin-listen=127.0.0.1:0",
      "--node-listen=127.0.0.1:0"
    };
    Path policy = folder.resolve("policy");
    Files.writeString(
        policy,
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}");
    Path target = Files.createDirectory(folder.resolve("target"));
    Path key = folder.resolve("recovery");
    assertThat(CommandRun.of(Map.of(), "backup", "key", key.toString()).status()).isZero();
    try (NodeProcess node = NodeProcess.start(ServerOptions.read(Map.of(), flags))) {
      while (!NodeCalls.call(node, node.s3Port(), "PUT", "/bucket", "").startsWith("200")) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
      Map<String, String> environment = environment(node);
      for (Map.Entry<String, String> each : ARGUMENTS.entrySet()) {
        String words =
            (each.getKey() + " " + each.getValue())
                .replace("POLICY", policy.toString())
                .replace("TARGET", target.toString())
                .replace("RECOVERY", key.toString());
        CommandRun run = CommandRun.of(environment, (words.strip() + " --json").split(" "));
        assertThat(run.status()).as("%s: %s", words, run.err()).isIn(0, 1);
        assertThat(run.err()).as(words).doesNotContain("rondo:");
        assertThat(JsonMapper.shared().readTree(run.out()).isContainer()).as(words).isTrue();
      }
      // The screens, by the default alias alone.
      while (!CommandRun.of(environment, "ring").out().contains("zone attic")) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
      assertThat(CommandRun.of(environment, "status").out())
          .contains("whole   ", "next    ")
          .containsPattern("one +attic +up ");
    }
  }

  private Map<String, String> environment(NodeProcess node) throws IOException {
    Path credentials = folder.resolve("credentials");
    Files.writeString(credentials, node.root().text());
    Map<String, String> environment = Map.of("RONDO_ALIASES", folder.resolve("aliases").toString());
    CommandRun set =
        CommandRun.of(
            environment,
            "alias",
            "set",
            "here",
            "127.0.0.1:" + node.adminPort(),
            credentials.toString());
    assertThat(set.status()).as(set.err()).isZero();
    return environment;
  }

  @Test
  void no_command_is_left_out() {
    var commands = new TreeSet<String>();
    collect("", Main.commandLine(Map.of()), commands);
    var known = new TreeSet<>(ARGUMENTS.keySet());
    known.addAll(REFUSED);
    assertThat(known).isEqualTo(commands);
  }

  private static void collect(String path, CommandLine line, Set<String> commands) {
    OptionSpec admin = line.getCommandSpec().findOption("--admin");
    boolean isServer = line.getCommandSpec().findOption("--s3-listen") != null;
    if (admin != null && !isServer) {
      assertThat(line.getCommandSpec().findOption("--json")).as(path).isNotNull();
      commands.add(path);
    }
    line.getSubcommands()
        .forEach((name, sub) -> collect((path + " " + name).strip(), sub, commands));
  }

  @Test
  void each_sentence_of_a_help_is_whole() {
    CommandLine main = Main.commandLine(Map.of());
    var lines = new ArrayList<>(List.of(main.getUsageMessage()));
    main.getSubcommands().values().forEach(it -> lines.add(it.getUsageMessage()));
    for (String help : lines) {
      assertThat(Arrays.stream(help.split("\n")).map(String::length).toList())
          .allMatch(length -> length <= 101);
    }
    main.getSubcommands().values().stream()
        .map(sub -> sub.getCommandSpec().usageMessage())
        .filter(usage -> !usage.hidden())
        .forEach(
            usage -> assertThat(CommandList.sentence(usage.description())).matches(".{10,}[.]"));
  }
}
