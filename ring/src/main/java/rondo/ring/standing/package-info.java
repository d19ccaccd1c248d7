/**
 * What members tell each other about themselves, beside layouts and rows: clocks and room.
 *
 * <ul>
 *   <li>{@link PeerStandings}: asks the other members, and remembers.
 * </ul>
 */
@NullMarked
package rondo.ring.standing;

import org.jspecify.annotations.NullMarked;
