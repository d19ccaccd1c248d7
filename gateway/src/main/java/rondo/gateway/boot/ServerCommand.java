package rondo.gateway.boot;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs a node until it is told to stop. */
@Command(
    name = "server",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Runs one node.",
    footer = {
      "",
      "Each setting can also be given in the environment (RONDO_S3_LISTEN for --s3-listen) or in"
          + " the",
      "file of --config (s3-listen=...); flags come first, then the environment, then the file.",
      "RONDO_ROOT_ACCESS_KEY and RONDO_ROOT_SECRET_KEY set root's credentials.",
      "JDK_JAVA_OPTIONS passes options to the JVM, such as -Xmx2g."
    })
final class ServerCommand implements Callable<Integer> {
  @Mixin ServerOptions options = new ServerOptions();

  @Override
  public Integer call() {
    throw new StartException("not wired yet: " + options.configuration(System.getenv()));
  }
}
