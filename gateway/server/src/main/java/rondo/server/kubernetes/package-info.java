/**
 * What Rondo asks of Kubernetes, each from a pod of its own with the rights for that alone.
 *
 * <ul>
 *   <li>{@link KubernetesCommand} has the commands.
 *   <li>{@link ZoneCommand} writes the zone of a pod's machine to a file.
 *   <li>{@link SecretsCommand} makes the secrets that aren't there.
 *   <li>{@link ClusterSecrets} is their content.
 *   <li>{@link AdminCertificate} is a certificate for the admin API.
 *   <li>{@link KubernetesApi} is the API of the cluster that a pod runs in.
 * </ul>
 */
@NullMarked
package rondo.server.kubernetes;

import org.jspecify.annotations.NullMarked;
