package rondo.server.cli.admin;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Commands that show a node's state. */
public final class ViewCommands {
  private ViewCommands() {}

  @Command(
      name = "ring",
      mixinStandardHelpOptions = true,
      description = "Draws the ring: who holds what, and what is moving.")
  public static final class Ring implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Override
    public Integer call() {
      System.out.print(admin.call("GET", "/ring", ""));
      return 0;
    }
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Shows the state of a node and its cluster, as JSON.")
  public static final class Status implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Override
    public Integer call() {
      System.out.print(admin.call("GET", "/status", ""));
      return 0;
    }
  }

  @Command(
      name = "missing",
      mixinStandardHelpOptions = true,
      description = "Names the chunks that a node should hold and doesn't, and who has them.")
  public static final class Missing implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Override
    public Integer call() {
      System.out.print(admin.call("GET", "/missing", ""));
      return 0;
    }
  }
}
