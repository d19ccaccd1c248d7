/**
 * What Rondo asks of Kubernetes, each from a pod of its own with the rights for that alone.
 *
 * <ul>
 *   <li>{@link KubernetesCommand} has the commands.
 *   <li>{@link ZoneCommand} writes the zone of a pod's machine to a file.
 *   <li>{@link SecretsCommand} makes the secrets that aren't there.
 *   <li>{@link ClusterSecrets} is their content.
 *   <li>{@link AdminCertificate} is a certificate for the admin API.
 *   <li>{@link ReconcileCommand} makes the buckets and users that values declare.
 *   <li>{@link DeclaredState} is what they declare.
 *   <li>{@link DeclaredBuckets} makes the buckets.
 *   <li>{@link DeclaredUsers} makes the users, and secrets with their keys.
 *   <li>{@link BucketCalls} sends what S3 has to be told.
 *   <li>{@link XmlForm} writes its configurations as XML.
 *   <li>{@link WatchCommand} tells Kubernetes of the nodes' health until it is stopped.
 *   <li>{@link HealthCondition} is a condition that it gives pods.
 *   <li>{@link PodConditions} writes conditions, and an event for each change.
 *   <li>{@link KubernetesApi} is the API of the cluster that a pod runs in.
 * </ul>
 */
@NullMarked
package rondo.server.kubernetes;

import org.jspecify.annotations.NullMarked;
