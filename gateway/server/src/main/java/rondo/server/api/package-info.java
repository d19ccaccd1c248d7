/**
 * The table behind the admin API: one list of routes, from which requests are routed and checked,
 * and from which the OpenAPI document is made.
 *
 * <ul>
 *   <li>{@link ApiFamily} is a part of the node that has routes.
 *   <li>{@link ApiRoute} is one route: its path, who may use it, what it takes and gives.
 *   <li>{@link RouteDraft} writes one down.
 *   <li>{@link RoutePath} is the method and the path of one.
 *   <li>{@link ApiParameter} is a parameter of a path or a query.
 *   <li>{@link JsonSchema} says what a value looks like.
 *   <li>{@link SchemaCheck} holds a value against it.
 *   <li>{@link RouteTable} has all routes, and finds the one of a request.
 *   <li>{@link RouteMatch} is what it finds.
 *   <li>{@link ApiCall} is a request to a route.
 *   <li>{@link CallCheck} refuses one that isn't as the route describes it.
 *   <li>{@link ApiAnswer} is what a route gives.
 *   <li>{@link ApiLines} takes the lines of an answer that comes bit by bit.
 *   <li>{@link ResponseLines} writes them to the client.
 *   <li>{@link ApiError} is an error, in the one form that all have.
 *   <li>{@link Page} cuts a list into pages.
 *   <li>{@link OpenApiDocument} describes the table.
 * </ul>
 */
@NullMarked
package rondo.server.api;

import org.jspecify.annotations.NullMarked;
