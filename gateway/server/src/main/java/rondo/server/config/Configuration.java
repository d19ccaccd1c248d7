package rondo.server.config;

/** All settings of a node, read once when it starts. */
public record Configuration(
    StorageSettings storage,
    NodeEndpoints endpoints,
    ClusterSettings cluster,
    MemberSettings member,
    HealthSettings health,
    S3Settings s3,
    SecretSettings secrets,
    MetricSettings metrics) {
  /** The work that a node does. */
  public enum Role {
    GATEWAY,
    STORAGE
  }

  /** When a write counts as durable. */
  public enum Durability {
    /** When fdatasync has returned. */
    FSYNC,
    /** When the operating system has the bytes: a power failure may lose them. */
    NONE
  }

  /** The engine that keeps a node's metadata. */
  public enum MetadataEngine {
    /** Rondo's own engine: a log with checkpoints. */
    LOG,
    /** RocksDB. */
    ROCKSDB
  }

  /** The service whose behaviour the S3 API follows. */
  public enum Profile {
    /** Amazon S3, as it is today. */
    AWS,
    /** The S3 that older tools and the s3-tests suite expect. */
    COMPAT
  }
}
