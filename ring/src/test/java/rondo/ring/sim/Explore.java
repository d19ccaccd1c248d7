package rondo.ring.sim;

/**
 * Runs many seeds from the command line: {@code Explore FROM TO [MUTATION]}; stops at the first
 * that fails.
 */
final class Explore {
  private Explore() {}

  public static void main(String[] arguments) {
    long from = Long.parseLong(arguments[0]);
    long to = Long.parseLong(arguments[1]);
    var mutation = arguments.length > 2 ? Mutation.valueOf(arguments[2]) : Mutation.NONE;
    long start = System.nanoTime();
    Result total = Result.NOTHING;
    for (long seed = from; seed < to; seed++) {
      total = total.plus(Scene.run(seed, mutation, false));
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
