/**
 * The protocol's stories as texts, in {@code src/test/resources/transcripts}: who says what to
 * whom, in which virtual millisecond. Written anew by {@code mvn -pl ring test
 * -Dtest=TranscriptTest -Dtranscripts=write}, and compared by every build.
 *
 * <ul>
 *   <li>{@link TranscriptTest}: compares stories with their texts.
 *   <li>{@link TranscriptStory}: a title, a head in prose, and a script.
 *   <li>{@link RegisterStories}: reads, writes and conditional writes of one register.
 *   <li>{@link RepairStories}: hinted handoff and sloppy quorums.
 *   <li>{@link RebuildStories}: a replica that has lost rows.
 *   <li>{@link LayoutStories}: a key that goes to other replicas.
 *   <li>{@link TranscriptStage}: where a story is played, and written down.
 *   <li>{@link TranscriptHints}: a node's hints, noted as they come and go.
 *   <li>{@link TranscriptWords}: messages in words.
 * </ul>
 */
@NullMarked
package rondo.ring.transcript;

import org.jspecify.annotations.NullMarked;
