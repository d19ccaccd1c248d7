/**
 * The log: every write goes into it before it counts as durable, and a restart replays it.
 *
 * <ul>
 *   <li>{@link LogFormat} defines the bytes of a segment.
 *   <li>{@link Committer} makes writes durable, in order and many in one sync.
 *   <li>{@link LogWriter} appends frames to the newest segment.
 *   <li>{@link LogSegments} knows which segments are still needed, lost or damaged.
 *   <li>{@link LogReplay} replays the segments after a restart.
 * </ul>
 */
@NullMarked
package rondo.metadata.engine.log;

import org.jspecify.annotations.NullMarked;
