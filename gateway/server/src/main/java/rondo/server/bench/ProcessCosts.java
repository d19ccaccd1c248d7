package rondo.server.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The CPU time and memory of processes, from /proc (Linux) and, for this one, from the JVM. */
final class ProcessCosts {
  /** The kernel counts in hundredths of a second towards programs (USER_HZ). */
  private static final double TICKS_PER_SECOND = 100;

  private ProcessCosts() {}

  /** The CPU time of one process, over all threads. */
  static double cpuSeconds(long pid) {
    String stat = read(pid, "stat");
    // The name in parentheses may contain anything; utime and stime are fields 14 and 15.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** The most memory that the process has held since {@link #forgetPeak}, or since it started. */
  static long peakBytes(long pid) {
    return read(pid, "status")
        .lines()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .mapToLong(kib -> Long.parseLong(kib) * 1024)
        .findFirst()
        .orElse(0);
  }

  /** Resets the process' peak memory; true when the kernel allowed it. */
  static boolean forgetPeak(long pid) {
    try {
      Files.writeString(Path.of("/proc", Long.toString(pid), "clear_refs"), "5");
      return true;
    } catch (IOException notOurs) {
      return false;
    }
  }

  static List<Double> cpuSeconds(List<Long> pids) {
    var seconds = new ArrayList<Double>();
    pids.forEach(pid -> seconds.add(cpuSeconds(pid)));
    return seconds;
  }

  static double ownCpuSeconds() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime() / 1e9
        : 0;
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException e) {
      throw new BenchException("can't read what process " + pid + " costs: " + e.getMessage());
    }
  }
}
