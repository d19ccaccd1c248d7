package rondo.server.api;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Cuts lists into pages. Pure. */
public final class Page {
  /** The entries of a page when nothing is said, and the most. */
  public static final int MOST = 1000;

  private Page() {}

  /** How many entries a call wants. */
  public static int limit(ApiCall call) {
    return call.query().number("limit", MOST, MOST);
  }

  /**
   * The page of a list that a call asks for, ready to become JSON.
   *
   * @param name of the list in the answer
   * @param key of an entry: different for each, and what the list is ordered by
   */
  public static <T> Map<String, Object> of(
      String name, List<T> all, Function<T, String> key, ApiCall call) {
    String after = call.query("after", "");
    List<T> rest =
        all.stream()
            .filter(it -> key.apply(it).compareTo(after) > 0 || after.isEmpty())
            .sorted(Comparator.comparing(key))
            .limit(limit(call) + 1L)
            .toList();
    return of(name, rest, limit(call), key);
  }

  /**
   * The page of entries of which there may be one more than wanted.
   *
   * @param some at most {@code limit} + 1 of them, in order
   */
  public static <T> Map<String, Object> of(
      String name, List<T> some, int limit, Function<T, String> key) {
    boolean more = some.size() > limit;
    List<T> page = more ? some.subList(0, limit) : some;
    var view = new LinkedHashMap<String, Object>();
    view.put(name, page);
    if (more) {
      view.put("next", key.apply(page.getLast()));
    }
    return view;
  }
}
