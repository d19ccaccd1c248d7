/**
 * The log: every write goes into it before it is durable, and a restart reads it again.
 *
 * <ul>
 *   <li>{@link LogFormat} defines the bytes of a segment.
 *   <li>{@link Committer} makes writes durable, in order and many at once.
 *   <li>{@link LogWriter} appends frames to the newest segment.
 *   <li>{@link LogSegments} knows which segments are still needed, lost or rotten.
 *   <li>{@link LogReplay} reads the segments again after a restart.
 * </ul>
 */
@NullMarked
package rondo.metadata.engine.log;

import org.jspecify.annotations.NullMarked;
