/** Tests of the log-structured engine on folders, and on disks that forget, fail and rot. */
@NullMarked
package rondo.metadata.engine.lsm;

import org.jspecify.annotations.NullMarked;
