package rondo.metadata.engine.lsm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mapdb.SortedTableMap;
import rondo.metadata.disk.Disk;
import rondo.metadata.disk.DiskFile;
import rondo.metadata.disk.FolderDisk;
import rondo.metadata.engine.EngineCounters;
import rondo.metadata.engine.block.BlockCache;
import rondo.metadata.engine.block.CheckpointFiles;
import rondo.metadata.engine.block.CheckpointPart;
import rondo.metadata.engine.checkpoint.Checkpoint;
import rondo.metadata.engine.checkpoint.CheckpointSum;
import rondo.metadata.engine.table.BytesSerializer;
import rondo.metadata.engine.table.TableGroups;
import rondo.metadata.engine.table.TableWriter;
import rondo.ring.value.Bytes;

/**
 * Rewrites the checkpoints of a folder as an older version wrote them: with large pages, and
 * without an index.
 */
final class OlderCheckpoints {
  private static final int PAGE_BYTES = 1 << 18;
  private static final int GROUP = 32;

  private OlderCheckpoints() {}

  static void rewrite(Path folder) throws IOException {
    try (Disk disk = FolderDisk.open(folder)) {
      for (String name : disk.names()) {
        if (name.endsWith(".sum")) {
          rewrite(new CheckpointFiles(disk, Long.parseLong(name.substring(0, name.length() - 4))));
        }
      }
    }
  }

  private static void rewrite(CheckpointFiles files) throws IOException {
    CheckpointSum sum = CheckpointSum.read(files);
    List<TableGroups.Row> rows = rows(files);
    files.disk().delete(files.table());
    CheckpointPart table = table(files, rows);
    files.disk().delete(files.index());
    files.disk().delete(files.sum());
    new CheckpointSum(
            sum.rows(),
            sum.removed(),
            PAGE_BYTES,
            sum.first(),
            sum.last(),
            new CheckpointSum.Files(table, sum.values(), sum.filter(), null))
        .write(files);
  }

  private static List<TableGroups.Row> rows(CheckpointFiles files) throws IOException {
    var rows = new ArrayList<TableGroups.Row>();
    Checkpoint checkpoint =
        Checkpoint.open(files, new BlockCache(1 << 20, 1 << 20, new EngineCounters()));
    TableGroups groups = checkpoint.groups();
    for (var group = groups.next(); group != null; group = groups.next()) {
      rows.addAll(group.rows());
    }
    checkpoint.release();
    return rows;
  }

  private static CheckpointPart table(CheckpointFiles files, List<TableGroups.Row> rows)
      throws IOException {
    try (DiskFile file = files.disk().create(files.table())) {
      var volume = new TableWriter(file, page -> {});
      var sink =
          SortedTableMap.create(volume, BytesSerializer.INSTANCE, BytesSerializer.INSTANCE)
              .pageSize(PAGE_BYTES)
              .nodeSize(GROUP)
              .createFromSink();
      for (TableGroups.Row row : rows) {
        var slot = new byte[row.slot().remaining()];
        row.slot().get(slot);
        sink.put(row.key(), Bytes.wrap(slot));
      }
      sink.create();
      return volume.finish();
    }
  }
}
