package rondo.server.cli.admin;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import rondo.s3.auth.Identity.AdminRole;
import tools.jackson.databind.json.JsonMapper;

/** Gives a user a role in the admin API, or takes it. */
@Command(
    name = "role",
    mixinStandardHelpOptions = true,
    description = {
      "Gives a user a role in administration, or takes it.",
      "An operator reads status, layout and usage; an administrator does all that root may do"
          + " here.",
      "A key with a policy of its own has no role."
    })
final class UserRoleCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Parameters(index = "0", paramLabel = "NAME", description = "The user's name.")
  String name = "";

  @Parameters(index = "1", paramLabel = "ROLE", description = "${COMPLETION-CANDIDATES}")
  AdminRole role = AdminRole.NONE;

  @Override
  public Integer call() {
    admin.show(
        "PUT",
        "/v1/users/" + name + "/role",
        JsonMapper.shared().writeValueAsString(Map.of("role", role.word())),
        _ -> admin.say(name + (role == AdminRole.NONE ? " has no role" : " is " + role.word())));
    return 0;
  }
}
