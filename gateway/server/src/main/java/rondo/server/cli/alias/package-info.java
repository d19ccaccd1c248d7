/**
 * Clusters that a person has given names.
 *
 * <ul>
 *   <li>{@link Alias} is a name for a node's admin port and the credentials for it.
 *   <li>{@link AliasBook} is the file of a person's aliases.
 *   <li>{@link AliasFile} is the option that says where it is.
 *   <li>{@link AliasCommand} sets, lists and removes them.
 * </ul>
 */
@NullMarked
package rondo.server.cli.alias;

import org.jspecify.annotations.NullMarked;
