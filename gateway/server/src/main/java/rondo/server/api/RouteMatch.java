package rondo.server.api;

import java.util.Map;
import java.util.SortedSet;

/** What a table has for a request. */
public sealed interface RouteMatch {
  /**
   * A route.
   *
   * @param old whether the request came by the path that the route had before there were versions:
   *     then it is answered as then, and held against nothing
   */
  record Found(ApiRoute route, Map<String, String> path, boolean old) implements RouteMatch {}

  /**
   * The path is known, and takes other methods.
   *
   * @param methods in alphabetical order
   */
  record OtherMethod(SortedSet<String> methods) implements RouteMatch {}

  /** Nothing is there. */
  record Nothing() implements RouteMatch {}
}
