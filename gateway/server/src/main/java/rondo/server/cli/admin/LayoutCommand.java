package rondo.server.cli.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes the layout, through a node's admin API. */
@Command(
    name = "layout",
    mixinStandardHelpOptions = true,
    description = "Changes who holds what: stage orders, look at what would move, apply them.",
    subcommands = {
      LayoutCommand.Stage.class,
      LayoutCommand.Show.class,
      LayoutCommand.Apply.class,
      LayoutCommand.Revert.class,
      LayoutCommand.Abort.class
    })
public final class LayoutCommand {
  private LayoutCommand() {}

  @Command(
      name = "stage",
      mixinStandardHelpOptions = true,
      description = {
        "Stages an order for the next apply:",
        "  drain NODE            it holds nothing any more, but stays a member",
        "  remove NODE           it is drained, and then a member no more",
        "  lose NODE             it is gone for good: others take over without its help",
        "  zone NODE NAME        it is in that zone",
        "  capacity NODE SIZE    it is willing to hold so much",
        "  copies N [R W]        of everything that asks for no other number",
        "  class N [R W]         buckets may ask for N copies",
        "  add NODE              forget what was ordered about it before",
        "NODE is a name, or the beginning of one. SIZE is such as 2TB."
      })
  static final class Stage implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Parameters(
        arity = "1..4",
        paramLabel = "WORD",
        description = "The order, such as: drain 7103. Its words may be one argument, too.")
    List<String> words = new ArrayList<>();

    @Mixin OrderOptions options = new OrderOptions();

    @Option(
        names = "--now",
        description =
            "Applies it at once: where too few nodes answer to keep what is staged, such as after"
                + " 'lose'.")
    boolean now;

    @Override
    public Integer call() {
      String json = options.body(String.join(" ", words));
      admin.showText("POST", now ? "/v1/layout/now" : "/v1/layout/stage", json);
      return 0;
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows what is staged and what it would move.")
  static final class Show implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Override
    public Integer call() {
      admin.showText("GET", "/v1/layout", "");
      return 0;
    }
  }

  @Command(
      name = "apply",
      mixinStandardHelpOptions = true,
      description = "Puts what is staged into the layout; moves that are under way end first.")
  static final class Apply implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Override
    public Integer call() {
      admin.showText("POST", "/v1/layout/apply", "");
      return 0;
    }
  }

  @Command(
      name = "revert",
      mixinStandardHelpOptions = true,
      description = "Forgets what is staged.")
  static final class Revert implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Override
    public Integer call() {
      admin.showText("POST", "/v1/layout/revert", "");
      return 0;
    }
  }

  @Command(
      name = "abort",
      mixinStandardHelpOptions = true,
      description =
          "Gives up what is moving: all stays where it was until another order is applied.")
  static final class Abort implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Override
    public Integer call() {
      admin.showText("POST", "/v1/layout/abort", "");
      return 0;
    }
  }
}
