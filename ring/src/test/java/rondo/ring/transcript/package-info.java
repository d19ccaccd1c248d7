/**
 * The protocol's stories as texts, in {@code src/test/resources/transcripts}: the messages between
 * nodes, with their virtual milliseconds. Written anew by {@code mvn -pl ring test
 * -Dtest=TranscriptTest -Dtranscripts=write}, and compared by every build.
 *
 * <ul>
 *   <li>{@link TranscriptTest}: compares stories with their texts.
 *   <li>{@link TranscriptStory}: a title, a head in prose, and a script.
 *   <li>{@link RegisterStories}: reads, writes and conditional writes of one register.
 *   <li>{@link RepairStories}: hinted handoff and sloppy quorums.
 *   <li>{@link RebuildStories}: a replica that has lost rows.
 *   <li>{@link LayoutStories}: a key that moves to other replicas.
 *   <li>{@link TranscriptStage}: plays a story and writes it down.
 *   <li>{@link TranscriptHints}: a node's hints, which note their own coming and going.
 *   <li>{@link TranscriptWords}: messages in words.
 * </ul>
 */
@NullMarked
package rondo.ring.transcript;

import org.jspecify.annotations.NullMarked;
