/**
 * One register (one key) on one replica.
 *
 * <ul>
 *   <li>{@link RegisterState}: what a replica holds of a register, and how it answers.
 *   <li>{@link PaxosInstance}: the unfinished choice of one base stamp's successor.
 *   <li>{@link RegisterTransition}: a register's state after a request, and the reply.
 *   <li>{@link RegisterCodec}: a row's bytes.
 * </ul>
 *
 * <h2>Why the replicas of a key are one linearizable register</h2>
 *
 * <p>After "Gryff: Unifying Consensus and Shared Registers" (NSDI 2020), reduced to one key and
 * with layout epochs added. Let every read quorum meet every write quorum, and every two write
 * quorums meet.
 *
 * <ol>
 *   <li><b>A replica's stamp only grows</b>, and a stamp has one value: a plain write's stamp is
 *       drawn once from a clock that never repeats, however often it is sent; a conditional write's
 *       is its base's successor, and 4 says that one value is chosen per base.
 *   <li><b>Reads see every write that is done.</b> A write is done when a write quorum holds its
 *       stamp or a larger one. Every operation that starts later asks a read quorum, which meets
 *       that one, and so sees that stamp or a larger one. A write then draws a larger stamp; so
 *       stamps agree with real time.
 *   <li><b>A state that was read stays visible.</b> A read answers once a write quorum holds the
 *       state that it returns: the quorum says so already, or the read writes the state back. So
 *       that state is done in the sense of 2 for all operations that follow. A declined conditional
 *       write is such a read.
 *   <li><b>One successor per base.</b> The instance of a base is single-decree Paxos among its
 *       write quorums: two of them meet, ballots are unique, a proposer carries on the accepted
 *       value of the highest ballot that its promises name. A replica forgets an instance only when
 *       its stamp has passed the base; from then on it answers {@code Moved}, which is a refusal.
 *       So a replica that forgot can't help to choose a second value. The {@code origin} of an
 *       accepted value tells its own conditional write that it has won, even if another one
 *       proposed an equal value.
 *   <li><b>The order.</b> Order operations by stamp, reads behind the write that they return, and
 *       reads of the same stamp by their start. By 2 and 3 that agrees with real time. A
 *       conditional write stands directly behind the state that it was judged on: nothing has a
 *       stamp between a base and its successor. A larger plain write may be done before a
 *       conditional one on a smaller base ends; then the two overlapped, since the conditional
 *       write's question, asked earlier, did not see it. Unknown outcomes may stand anywhere behind
 *       their start, or nowhere.
 *   <li><b>Layout changes.</b> A replica refuses epochs older than the newest that it has
 *       installed, and an epoch is used only when no quorum of an older one can form any more. In
 *       the joint epoch every write reaches a quorum of the old and of the new set, so that 1 to 4
 *       hold within and across both. Before the new epoch, the newest state of a read quorum of the
 *       old set, and the instance on top of it, which the old set alone may have decided, are
 *       carried to a quorum of the new one: what was done or chosen under the old epoch is done or
 *       chosen there.
 * </ol>
 *
 * <p>The simulator ({@code rondo.ring.sim}, with the tests) runs this and looks for histories that
 * contradict it, and it finds each of six broken variants.
 */
@NullMarked
package rondo.ring.register;

import org.jspecify.annotations.NullMarked;
