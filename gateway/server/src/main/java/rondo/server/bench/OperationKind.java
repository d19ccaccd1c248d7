package rondo.server.bench;

import java.util.Locale;

/** What one operation does. */
enum OperationKind {
  PUT,
  GET,
  LIST,
  DELETE,
  MULTIPART;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
