package rondo.server.config;

/** What a node writes down of its requests. */
public record RecordSettings(AccessLogSettings access, AuditSettings audit) {}
