package relata.system.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import relata.system.Project;

/**
 * What can be set of a service, as its sources say: the configuration interfaces with their
 * defaults, and what its application.properties takes from the environment.
 */
final class Settings {
  private static final Pattern PREFIX =
      Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)");

  private static final Pattern METHOD =
      Pattern.compile("(?:@WithDefault\\(\"([^\"]*)\"\\)\\s+)?[\\w<>]+ (\\w+)\\(\\);");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)[:}]");

  private static final Pattern DATASOURCE =
      Pattern.compile("^(quarkus\\.datasource\\.(?:[a-z]+\\.)?)db-kind=", Pattern.MULTILINE);

  private static final Pattern SECONDS = Pattern.compile("(?:PT)?([0-9]+)[sS]");

  /** By the name of a setting. */
  private final Map<String, String> defaults = new HashMap<>();

  private final String properties;

  private Settings(Path module) throws IOException {
    properties = Files.readString(module.resolve("src/main/resources/application.properties"));
    try (Stream<Path> sources = Files.walk(module.resolve("src/main/java"))) {
      for (Path source : sources.filter(each -> each.toString().endsWith(".java")).toList()) {
        read(Files.readString(source));
      }
    }
  }

  static Settings of(String service) {
    try {
      return new Settings(Project.module(service));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Whether a variable of this name changes anything. */
  boolean knows(String variable) {
    return PLACEHOLDER
            .matcher(properties)
            .results()
            .anyMatch(placeholder -> placeholder.group(1).equals(variable))
        || defaults.keySet().stream().anyMatch(name -> variableOf(name).equals(variable));
  }

  /** What the settings of each datasource begin with, such as {@code quarkus.datasource.}. */
  List<String> datasources() {
    return DATASOURCE.matcher(properties).results().map(line -> line.group(1)).toList();
  }

  /** The connections to PostgreSQL that one replica may have, over all its pools. */
  int connections() {
    return datasources().stream().mapToInt(this::connections).sum();
  }

  private int connections(String datasource) {
    return Pattern.compile(
            "^" + Pattern.quote(datasource + "reactive.max-size=") + "([0-9]+)$", Pattern.MULTILINE)
        .matcher(properties)
        .results()
        .mapToInt(line -> Integer.parseInt(line.group(1)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(datasource + " has no bound"));
  }

  /** Whether the application.properties have this line. */
  boolean isSet(String line) {
    return properties.lines().anyMatch(line::equals);
  }

  /**
   * A time that a setting has by default or in the application.properties, where these take it from
   * a variable that the container has.
   */
  Duration time(String name, Container container) {
    String text =
        Pattern.compile("^" + Pattern.quote(name) + "=(.*)$", Pattern.MULTILINE)
            .matcher(properties)
            .results()
            .findFirst()
            .map(line -> line.group(1))
            .or(() -> Optional.ofNullable(defaults.get(name)))
            .orElseThrow(() -> new IllegalStateException("No setting is called " + name));
    String own =
        PLACEHOLDER
            .matcher(text)
            .results()
            .map(placeholder -> container.value(placeholder.group(1)))
            .filter(value -> !value.isEmpty())
            .findFirst()
            .orElse(text);
    MatchResult seconds = SECONDS.matcher(own).results().findFirst().orElseThrow();
    return Duration.ofSeconds(Long.parseLong(seconds.group(1)));
  }

  /** A number that a setting has by default. */
  int number(String name) {
    return Integer.parseInt(defaults.get(name));
  }

  private void read(String source) {
    PREFIX
        .matcher(source)
        .results()
        .findFirst()
        .ifPresent(
            prefix ->
                METHOD
                    .matcher(source)
                    .results()
                    .forEach(
                        method ->
                            defaults.put(
                                prefix.group(1) + "." + dashed(method.group(2)),
                                Optional.ofNullable(method.group(1)).orElse(""))));
  }

  private static String dashed(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static String variableOf(String setting) {
    return setting.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
  }
}
