/**
 * The sorted table of a checkpoint, in MapDB's layout, and the index of its pages.
 *
 * <ul>
 *   <li>{@link TableWriter} takes the pages of a table while MapDB writes them.
 *   <li>{@link FlatVolume} has the methods of MapDB's volumes that its tables never call.
 *   <li>{@link BytesSerializer} packs keys and values for MapDB.
 *   <li>{@link IndexWriter} writes the index of a table while its pages arrive.
 *   <li>{@link IndexBlock} is a block of an index: a node of a B+ tree.
 *   <li>{@link PageIndex} finds the page of a table that a key is in.
 *   <li>{@link SortedTable} reads a finished table by verified blocks.
 *   <li>{@link TablePage} is a page of a table: groups of rows.
 *   <li>{@link TableGroup} walks through the rows of a group.
 *   <li>{@link TableRows} walks through the rows of a table.
 *   <li>{@link TableGroups} walks through the groups of a table without a search, past damage.
 * </ul>
 */
@NullMarked
package rondo.metadata.engine.table;

import org.jspecify.annotations.NullMarked;
