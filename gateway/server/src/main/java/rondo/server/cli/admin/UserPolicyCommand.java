package rondo.server.cli.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows and sets the policy of a user or of one of a user's keys, through a node's admin API. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = {
      "Shows, sets or removes what a user may do.",
      "Without a policy a user may do all that its account may."
    })
final class UserPolicyCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @ArgGroup Change change = new Change();

  /** The change to make, instead of showing the policy. */
  static final class Change {
    @Option(names = "--set", paramLabel = "FILE", description = "The policy, as JSON.")
    @Nullable Path file;

    @Option(names = "--remove", description = "Removes the policy.")
    boolean remove;
  }

  @Option(names = "--key", description = "NAME is an access key: one key's policy, not its user's.")
  boolean key;

  @Parameters(paramLabel = "NAME", description = "The user's name, or an access key with --key.")
  String name = "";

  @Override
  public Integer call() throws IOException {
    String path = (key ? "/v1/keys/" : "/v1/users/") + name + "/policy";
    Path file = change.file;
    if (file != null) {
      admin.show("PUT", path, Files.readString(file), _ -> admin.say("set the policy of " + name));
    } else if (change.remove) {
      admin.show("DELETE", path, "", _ -> admin.say("removed the policy of " + name));
    } else {
      String policy = admin.call("GET", path, "");
      admin.show(policy, _ -> admin.out().print(policy));
    }
    return 0;
  }
}
