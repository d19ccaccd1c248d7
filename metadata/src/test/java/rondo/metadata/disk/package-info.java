/** Tests of engines on disks that forget and fail. */
@NullMarked
package rondo.metadata.disk;

import org.jspecify.annotations.NullMarked;
