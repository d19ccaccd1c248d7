package rondo.ring.sim;

/**
 * Runs many seeds from the command line: {@code SeedExplorer FROM TO [MUTATION]}, or {@code
 * SeedExplorer FROM TO OPERATIONS} with so many operations a seed; stops at the first seed that
 * fails.
 */
final class SeedExplorer {
  private SeedExplorer() {}

  public static void main(String[] arguments) {
    long from = Long.parseLong(arguments[0]);
    long to = Long.parseLong(arguments[1]);
    String what = arguments.length > 2 ? arguments[2] : Mutation.NONE.name();
    boolean isLong = Character.isDigit(what.charAt(0));
    long start = System.nanoTime();
    RunResult total = RunResult.NOTHING;
    for (long seed = from; seed < to; seed++) {
      total =
          total.plus(
              isLong
                  ? Scene.runLong(seed, Integer.parseInt(what))
                  : Scene.run(seed, Mutation.valueOf(what), false));
      if (total.wrong() != null) {
        System.out.println(total.wrong());
        System.out.println("after " + (System.nanoTime() - start) / 1_000_000 + " ms");
        return;
      }
      if (seed % 1000 == 999) {
        System.out.println("seed " + seed);
      }
    }
    System.out.printf(
        "%d seeds, %s, %d ms%n", to - from, total, (System.nanoTime() - start) / 1_000_000);
  }
}
