/**
 * What a coordinator does. {@link Coordinator} is the door; all operations share {@code
 * Surroundings}, with quorums as large as the layout asks or {@code Demanding} more, or {@code
 * Sloppy}, both {@code LikeLayout} otherwise, and {@code Suspects}, the nodes that were silent a
 * moment ago.
 *
 * <p>{@code Round} puts one question to replicas until a quorum has answered, {@code Opening} to no
 * more of them than it needs, and {@code Patience} says whether one that failed is worth another;
 * with the key, which may have gone to other {@link Whereabouts}, it is an operation's {@code
 * Course}. {@code Reading} reads as a {@link Level} demands, by {@code Newest}, which asks for a
 * key's newest state; {@code Writing} brings a state to a write quorum, a plain write's made by a
 * {@link Successor}; {@code Updating} is a conditional write, which asks a {@link Judgement} and
 * ends in an {@link Update}, by {@code Choice}s, one per ballot; {@code Settling} copies a key with
 * what is unfinished on it. {@code Scanning} lists what is {@link Shown}, by {@code PageRound}s
 * whose pages {@code Pages} lays over each other.
 */
@NullMarked
package rondo.ring.coordinate;

import org.jspecify.annotations.NullMarked;
