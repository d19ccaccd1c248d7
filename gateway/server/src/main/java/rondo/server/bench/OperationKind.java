package rondo.server.bench;

import java.util.Locale;

/** The kind of an operation. */
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
