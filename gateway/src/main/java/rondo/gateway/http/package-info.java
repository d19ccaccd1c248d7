/**
 * S3 over HTTP. {@link S3Gateway} listens, set by {@link GatewaySettings}, with {@code
 * Certificates} that may be replaced. The {@code Front} gives each request that {@code Admission}
 * lets in a name ({@code RequestIds}) and a virtual thread; there an {@code Exchange} reads its
 * head with {@code Wire}, lets the {@code Service} find out who asks for what, which one of the
 * {@code Operations} answers with the {@code ClientBody}, and writes the answer, {@code Heads}
 * first, through a {@code ClientSink} and its {@code WriteBuffers}, until a {@code
 * ClientGoneException}. A refusal becomes one of the {@code Refusals}.
 */
@NullMarked
package rondo.gateway.http;

import org.jspecify.annotations.NullMarked;
