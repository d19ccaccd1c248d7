package rondo.server.cli.admin;

import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Adds, lists and removes users and their keys, through a node's admin API. */
@Command(
    name = "user",
    mixinStandardHelpOptions = true,
    description = "Adds, lists and removes users and their keys.",
    subcommands = {
      UserCommand.Add.class,
      UserCommand.ListUsers.class,
      UserCommand.Remove.class,
      UserCommand.Key.class,
      UserRoleCommand.class,
      UserPolicyCommand.class
    })
public final class UserCommand {
  private UserCommand() {}

  private static int addKey(AdminClient admin, String path, String body) {
    admin.show(
        "POST",
        path,
        body,
        key -> {
          admin.say("user        " + key.path("name").asString());
          admin.say("access key  " + key.path("accessKey").asString());
          admin.say("secret key  " + key.path("secretKey").asString());
          admin.say("(the secret is shown only now)");
        });
    return 0;
  }

  @Command(name = "add", mixinStandardHelpOptions = true, description = "Adds a user with a key.")
  static final class Add implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Option(names = "--email", paramLabel = "ADDRESS", description = "Shown to administrators.")
    @Nullable String email;

    @Parameters(paramLabel = "NAME", description = "1 to 64 letters, digits and +=,.@_-")
    String name = "";

    @Override
    public Integer call() {
      var body = Map.of("name", name, "email", email == null ? "" : email);
      return addKey(admin, "/v1/users", JsonMapper.shared().writeValueAsString(body));
    }
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists users and keys.")
  static final class ListUsers implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Override
    public Integer call() {
      admin.showList("/v1/users", "users", users -> users.forEach(this::say));
      return 0;
    }

    private void say(JsonNode user) {
      var keys = new StringBuilder();
      user.path("accessKeys").forEach(key -> keys.append("  ").append(key.asString()));
      admin.say(
          "%-24s%-14s%s"
              .formatted(user.path("name").asString(), user.path("role").asString(), keys));
    }
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Removes a user and all its keys; what it owned stays.")
  static final class Remove implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Parameters(paramLabel = "NAME", description = "The user's name.")
    String name = "";

    @Override
    public Integer call() {
      admin.show("DELETE", "/v1/users/" + name, "", _ -> admin.say("removed " + name));
      return 0;
    }
  }

  @Command(
      name = "key",
      mixinStandardHelpOptions = true,
      description = "Adds a key to a user, or removes one.")
  static final class Key implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Option(
        names = "--remove",
        paramLabel = "ACCESS-KEY",
        description = "Removes this key instead of adding one.")
    @Nullable String remove;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The user's name.")
    @Nullable String name;

    @Override
    public Integer call() {
      if (remove != null) {
        admin.show("DELETE", "/v1/keys/" + remove, "", _ -> admin.say("removed " + remove));
        return 0;
      }
      if (name == null) {
        throw new IllegalArgumentException("name a user, or --remove ACCESS-KEY");
      }
      return addKey(admin, "/v1/users/" + name + "/keys", "");
    }
  }
}
