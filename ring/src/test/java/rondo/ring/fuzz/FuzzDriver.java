package rondo.ring.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Jazzer's entry: it feeds all readers of one test method, guided by the coverage of {@code rondo}
 * (github.com/CodeIntelligenceTesting/jazzer, "Jazzer as a standalone fuzzer"). {@code
 * s3-compat-tests/fuzz} starts it. Used by one thread.
 */
public final class FuzzDriver {
  private static List<Fuzz.Target> targets = List.of();

  private FuzzDriver() {}

  /**
   * Jazzer calls this once, before the first input.
   *
   * @param args the test's class, its method, and the folder that gets the examples
   */
  public static void fuzzerInitialize(String[] args) throws ReflectiveOperationException {
    var constructor = Class.forName(args[0]).getDeclaredConstructor();
    constructor.setAccessible(true);
    Object test = constructor.newInstance();
    var method = test.getClass().getDeclaredMethod(args[1]);
    method.setAccessible(true);
    targets =
        Fuzz.targetsOf(() -> {
          try {
            method.invoke(test);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(method + " can't be asked for its readers", e);
          }
        });
    if (targets.isEmpty()) {
      throw new IllegalArgumentException(method + " feeds no reader");
    }
    writeExamples(Path.of(args[2]));
  }

  /** Jazzer calls this with each input; what it throws is a finding. */
  public static void fuzzerTestOneInput(byte[] input) {
    for (Fuzz.Target target : targets) {
      target.feed(input.clone());
    }
  }

  private static void writeExamples(Path folder) {
    int number = 0;
    for (Fuzz.Target target : targets) {
      for (byte[] example : target.examples()) {
        try {
          Files.write(folder.resolve("example-" + number++), example);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }
}
