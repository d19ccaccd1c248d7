/** Tests of one folder of extents. */
@NullMarked
package rondo.storage.extent.file;

import org.jspecify.annotations.NullMarked;
