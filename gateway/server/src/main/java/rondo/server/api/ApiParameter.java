package rondo.server.api;

/**
 * A parameter of a route.
 *
 * @param in where it stands
 * @param schema of its value; of all values together, in an object, for {@link Place#NAMES}
 */
public record ApiParameter(
    String name, Place in, boolean required, JsonSchema schema, String description) {
  /** Where a parameter stands. */
  public enum Place {
    PATH,
    QUERY,
    /** All other parameters of the query whose names the schema allows. */
    NAMES
  }

  private static final int LONGEST_NAME = 512;
  private static final int LONGEST_KEY = 1024;

  /** How many entries of a list are wanted. */
  static final ApiParameter LIMIT =
      optional("limit", JsonSchema.whole(1, Page.MOST), "At most so many entries.");

  /** Where a list goes on. */
  static final ApiParameter AFTER =
      optional(
          "after",
          JsonSchema.text(0, LONGEST_KEY),
          "Entries behind this one: the field next of the page before.");

  static ApiParameter ofPath(String name) {
    return new ApiParameter(
        name, Place.PATH, true, JsonSchema.text(1, LONGEST_NAME), "Names the " + name + ".");
  }

  /** A parameter that a query has to have. */
  public static ApiParameter required(String name, JsonSchema schema, String description) {
    return new ApiParameter(name, Place.QUERY, true, schema, description);
  }

  /** A parameter that a query may have. */
  public static ApiParameter optional(String name, JsonSchema schema, String description) {
    return new ApiParameter(name, Place.QUERY, false, schema, description);
  }

  /** Further parameters of a query, by the pattern of their names. */
  public static ApiParameter names(String name, String pattern, String description) {
    return new ApiParameter(name, Place.NAMES, false, JsonSchema.namesLike(pattern), description);
  }
}
