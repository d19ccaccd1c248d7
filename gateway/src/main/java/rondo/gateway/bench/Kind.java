package rondo.gateway.bench;

import java.util.Locale;

/** What one operation does. */
enum Kind {
  PUT,
  GET,
  LIST,
  DELETE,
  MULTIPART;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
