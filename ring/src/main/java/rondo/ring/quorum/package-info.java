/**
 * Rounds of questions to replicas until a quorum has answered.
 *
 * <ul>
 *   <li>{@link Messenger}: asks nodes from straight-line code.
 *   <li>{@link Round}: one question to the replicas of some sets, until a quorum has answered.
 *   <li>{@link RoundObserver}: the caller's view of the cluster beyond a round.
 *   <li>{@link Tally}: counts the yeses and noes of every set.
 *   <li>{@link Proposer}: one Paxos ballot, made of rounds.
 *   <li>{@link ProposerFactory}: makes proposers for replicas that are known beforehand.
 *   <li>{@link Outcome}: how an operation ends: reached, refused (certainly not done) or unknown.
 * </ul>
 */
@NullMarked
package rondo.ring.quorum;

import org.jspecify.annotations.NullMarked;
