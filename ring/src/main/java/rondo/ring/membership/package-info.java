/**
 * How a cluster comes to agree on who holds what, and how data follows. {@link Membership} is one
 * node's part in it. {@link LayoutKeeper} has the node's layouts, kept in a {@link LayoutStore},
 * and {@code EpochGate} lets a request in only under the newest; {@code RequestFence} holds the
 * node's requests on {@link LocalRows} to both. {@code Gossip} spreads layouts and news of nodes by
 * pings: of this one's {@code Own} life, and what {@code Peers} remembers of others, with the
 * {@code Arrivals} that tell how suspicious their silence is. {@code Changes} takes nodes in and
 * drives what is to be done, {@code Orders} puts an operator's into the layout, {@code Succession}
 * proposes epochs, of which {@code Choice} makes sure that there is one. In a joint epoch the
 * {@code Mover} copies: rows by {@code RowCopy} from {@code RowStream}s, with {@code Unfinished}
 * conditional writes brought to their end, and chunks by {@code ChunkCopy} over {@link Chunks};
 * {@link Progress} tells how far it is and {@link Throttle} keeps it slow. {@link ChunkFence} holds
 * chunks to the epoch, by what each has {@code Touched}; in the end {@code Strays} go. {@code
 * Nearest} orders whom to ask.
 */
@NullMarked
package rondo.ring.membership;

import org.jspecify.annotations.NullMarked;
