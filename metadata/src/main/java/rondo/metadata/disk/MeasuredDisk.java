package rondo.metadata.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import rondo.metadata.disk.DiskCounts.Operation;
import rondo.ring.port.Time;

/** A disk whose reads, writes and syncs are counted and timed. Thread-safe. */
public final class MeasuredDisk implements Disk {
  private final Disk disk;
  private final DiskCounts counts;
  private final Time time;

  /**
   * @param counts gets the operations on this disk's files
   */
  public MeasuredDisk(Disk disk, DiskCounts counts, Time time) {
    this.disk = disk;
    this.counts = counts;
    this.time = time;
  }

  private final class MeasuredFile implements DiskFile {
    private final DiskFile file;

    MeasuredFile(DiskFile file) {
      this.file = file;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      return counts.count(Operation.READ, time, () -> file.read(into, position));
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
      int _ =
          counts.count(
              Operation.WRITE,
              time,
              () -> {
                file.write(from, position);
                return 0;
              });
    }

    @Override
    public void sync() throws IOException {
      int _ =
          counts.count(
              Operation.SYNC,
              time,
              () -> {
                file.sync();
                return 0;
              });
    }

    @Override
    public void truncate(long sizeBytes) throws IOException {
      file.truncate(sizeBytes);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  @Override
  public DiskFile create(String name) throws IOException {
    return new MeasuredFile(disk.create(name));
  }

  @Override
  public DiskFile open(String name) throws IOException {
    return new MeasuredFile(disk.open(name));
  }

  @Override
  public DiskFile openOrCreate(String name) throws IOException {
    return new MeasuredFile(disk.openOrCreate(name));
  }

  @Override
  public List<String> names() throws IOException {
    return disk.names();
  }

  @Override
  public void rename(String from, String to) throws IOException {
    disk.rename(from, to);
  }

  @Override
  public void delete(String name) throws IOException {
    disk.delete(name);
  }

  @Override
  public void syncNames() throws IOException {
    int _ =
        counts.count(
            Operation.SYNC,
            time,
            () -> {
              disk.syncNames();
              return 0;
            });
  }

  @Override
  public long usableBytes() throws IOException {
    return disk.usableBytes();
  }

  @Override
  public long totalBytes() throws IOException {
    return disk.totalBytes();
  }

  @Override
  public String path() {
    return disk.path();
  }

  @Override
  public void close() throws IOException {
    disk.close();
  }
}
