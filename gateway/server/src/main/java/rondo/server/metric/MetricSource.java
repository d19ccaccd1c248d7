package rondo.server.metric;

/** A part whose values are read when somebody asks for metrics. Thread-safe. */
@FunctionalInterface
public interface MetricSource {
  /** Gives the present values; quick, and asks no other node. */
  void read(MetricReading reading);
}
