/**
 * Commands that ask a running node.
 *
 * <ul>
 *   <li>{@link AdminClient} calls the node's admin API and shows its answers.
 *   <li>{@link NodeConnection} asks one, and says in words what is wrong.
 *   <li>{@link OlderPaths} has the paths that nodes of the release before know.
 *   <li>{@link TrustedCertificates} makes TLS that trusts the certificates of a file.
 *   <li>{@link LayoutCommand} changes the layout.
 *   <li>{@link OrderOptions} are what such orders may come with.
 *   <li>{@link UserCommand} makes users and keys.
 *   <li>{@link UserPolicyCommand} gives them policies.
 *   <li>{@link UserRoleCommand} gives them roles.
 *   <li>{@link KeysCommand} counts the rows under master keys, and reseals them.
 *   <li>{@link ExplainCommand} tells whether an account may do something.
 *   <li>{@link StopCommand} stops a node.
 *   <li>{@link LifecycleCommand} shows what a bucket's rules would do.
 * </ul>
 */
@NullMarked
package rondo.server.cli.admin;

import org.jspecify.annotations.NullMarked;
