/** The admin API over {@link rondo.store.StoreCluster}'s replicas in memory. */
@NullMarked
package rondo.server.admin;

import org.jspecify.annotations.NullMarked;
