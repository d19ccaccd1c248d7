/**
 * Where one request ends and the next begins on a connection (RFC 9112). A request whose framing
 * two readers could take differently is refused, and nothing behind it is ever read.
 *
 * <ul>
 *   <li>{@link RequestDecoder} decodes a connection's requests, and stops behind a doubtful one.
 *   <li>{@link RequestFraming} judges a head.
 *   <li>{@link HeadLines} finds what Netty's decoder mends silently.
 *   <li>{@link LingeringClose} closes a connection so that its last answer is read.
 * </ul>
 */
@NullMarked
package rondo.s3.framing;

import org.jspecify.annotations.NullMarked;
