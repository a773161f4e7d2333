package relata.worker.model;

import java.util.List;
import java.util.Locale;

/** Names of models as the model server compares them. */
public final class ModelName {
  private static final List<String> DEFAULT_PREFIXES = List.of("registry.ollama.ai/", "library/");

  private ModelName() {}

  /** The whole name: with its tag, without the registry that goes without saying. */
  public static String full(String name) {
    String plain = name.strip().toLowerCase(Locale.ROOT);
    for (String prefix : DEFAULT_PREFIXES) {
      plain = plain.startsWith(prefix) ? plain.substring(prefix.length()) : plain;
    }
    return plain.indexOf(':', plain.lastIndexOf('/') + 1) < 0 ? plain + ":latest" : plain;
  }
}
