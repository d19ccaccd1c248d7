/**
 * One node. {@link NodeReplica} answers the requests of coordinators: on one key through {@link
 * Registers}, past {@link Fences} when it writes and by {@link Heads} where the key is an object's,
 * on many by {@link RowScan} and {@link RowPull}. {@link Ceiling} keeps the node's clock over
 * restarts.
 */
@NullMarked
package rondo.storage.node;

import org.jspecify.annotations.NullMarked;
