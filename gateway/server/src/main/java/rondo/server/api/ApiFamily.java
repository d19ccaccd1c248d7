package rondo.server.api;

import java.util.List;

/** A part of the node that has routes in the admin API. */
@FunctionalInterface
public interface ApiFamily {
  /** Its routes, in the order in which the document shows them. The same ones each time. */
  List<ApiRoute> routes();
}
