package relata.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where the database is, who may change its schema, and the passwords that the service roles get.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/database}
 * @param user a role that may create schemas and roles
 */
public record SchemaConfig(
    String jdbcUrl,
    String user,
    String password,
    String apiPassword,
    String workerPassword,
    String graphPassword) {

  /**
   * Reads {@code RELATA_SCHEMA_URL}, {@code RELATA_SCHEMA_USER}, {@code RELATA_SCHEMA_PASSWORD},
   * {@code RELATA_API_PASSWORD}, {@code RELATA_WORKER_PASSWORD} and {@code RELATA_GRAPH_PASSWORD}.
   * Each may be in a file instead, which a variable with {@code _FILE} behind the name names: that
   * is how secrets are mounted.
   *
   * @throws IllegalArgumentException naming the first variable that is missing, or the file that
   *     cannot be read
   */
  public static SchemaConfig fromEnvironment(Map<String, String> environment) {
    return new SchemaConfig(
        required(environment, "RELATA_SCHEMA_URL"),
        required(environment, "RELATA_SCHEMA_USER"),
        required(environment, "RELATA_SCHEMA_PASSWORD"),
        required(environment, "RELATA_API_PASSWORD"),
        required(environment, "RELATA_WORKER_PASSWORD"),
        required(environment, "RELATA_GRAPH_PASSWORD"));
  }

  /**
   * The service roles with the password of each. api-service has two, and holds the passwords of
   * both: one for requests, and one for what it does across tenants.
   */
  Map<String, String> rolePasswords() {
    return Map.of(
        "relata_api", apiPassword,
        "relata_background", apiPassword,
        "relata_worker", workerPassword,
        "relata_graph", graphPassword);
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.get(name);
    String file = environment.get(name + "_FILE");
    if (value == null && file != null) {
      value = contentOf(file, name + "_FILE");
    }
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("Set the environment variable " + name + ".");
    }
    return value;
  }

  private static String contentOf(String file, String variable) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "Cannot read the file of " + variable + ": " + unreadable.getMessage(), unreadable);
    }
  }
}
