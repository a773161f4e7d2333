package relata.worker.identity;

import java.util.Locale;

/** What a model does for a generation. */
public enum Purpose {
  EMBED,
  DESCRIBE;

  /** As the database spells it. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
