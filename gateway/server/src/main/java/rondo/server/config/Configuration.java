package rondo.server.config;

/** All that a node is told when it starts; read once. */
public record Configuration(
    StorageSettings storage,
    NodeEndpoints endpoints,
    ClusterSettings cluster,
    MemberSettings member,
    S3Settings s3,
    SecretSettings secrets) {
  /** What a node does. */
  public enum Role {
    GATEWAY,
    STORAGE
  }

  /** When a write counts as done. */
  public enum Durability {
    /** When fdatasync has returned. */
    FSYNC,
    /** When the operating system has it: a power cut may lose it. */
    NONE
  }

  /** What keeps a node's metadata. */
  public enum MetadataEngine {
    /** Rondo's own. */
    LOG,
    /** RocksDB. */
    ROCKSDB
  }

  /** Whose behaviour the S3 API follows. */
  public enum Profile {
    /** Amazon's, as it is today. */
    AWS,
    /** What older tools and the s3-tests suite expect. */
    COMPAT
  }
}
