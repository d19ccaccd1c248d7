/**
 * TLS of the ports that clients and operators reach.
 *
 * <ul>
 *   <li>{@link ServerCertificates} shows the TLS certificate and reads it again when its files
 *       change.
 * </ul>
 */
@NullMarked
package rondo.s3.tls;

import org.jspecify.annotations.NullMarked;
