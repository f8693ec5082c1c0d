package io.github.anople.server.enrol;

import java.util.Locale;

/** How the next version of a detector is to come about. */
enum Task {
  /** By learning from the shots. */
  TRAIN,
  /** By thresholds from further good pictures. */
  CALIBRATE,
  /** By good pictures that join the memory, and thresholds anew. */
  CORRECT;

  /** The name in tables. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The task that {@link #id} names. */
  static Task of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
