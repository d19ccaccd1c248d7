/** The admin API over {@link rondo.gateway.store.Cluster}'s replicas in memory. */
@NullMarked
package rondo.gateway.admin;

import org.jspecify.annotations.NullMarked;
