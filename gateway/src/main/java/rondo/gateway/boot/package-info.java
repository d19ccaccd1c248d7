/**
 * Starting Rondo. {@link Main} reads the command line; {@link ServerOptions} are the settings of a
 * node, from {@link Settings} where flags don't give them, and become a {@link Configuration} with
 * {@link HostPort}s and {@link Sizes}; {@link ServerCommand} runs a node until it is told to stop.
 * {@link StartException} is what a person can mend.
 */
@NullMarked
package rondo.gateway.boot;

import org.jspecify.annotations.NullMarked;
