/**
 * The sorted table of a checkpoint, as MapDB lays it out in its file, and the index of its pages.
 *
 * <ul>
 *   <li>{@link TableWriter} takes the pages of a table while MapDB writes them.
 *   <li>{@link FlatVolume} answers what MapDB doesn't ask of the files of tables.
 *   <li>{@link BytesSerializer} packs keys and values for MapDB.
 *   <li>{@link IndexWriter} writes the index of a table while its pages come.
 *   <li>{@link IndexBlock} is a block of an index: keys, and where to go on.
 *   <li>{@link PageIndex} says in which page of a table a key is.
 *   <li>{@link SortedTable} reads a finished table by verified blocks.
 *   <li>{@link TablePage} is a page of a table.
 *   <li>{@link TableGroup} has the rows of a group one after the other.
 *   <li>{@link TableRows} walks through the rows of a table.
 *   <li>{@link TableGroups} walks through the groups of a table without a search, past damage.
 * </ul>
 */
@NullMarked
package rondo.metadata.engine.table;

import org.jspecify.annotations.NullMarked;
