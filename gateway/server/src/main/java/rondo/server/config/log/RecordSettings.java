package rondo.server.config.log;

/** What a node writes down of its requests. */
public record RecordSettings(AccessLogSettings access, AuditSettings audit, TraceSettings traces) {}
