package relata.system.running;

import java.util.Map;
import relata.local.stack.Part;
import relata.local.stack.StackOptions;

/**
 * Services may take longer than anybody would wait for them, so that what a test sees does not
 * depend on how busy the machine is, nor on how quickly a service that just started does something
 * for the first time: for tests that are about something else.
 */
final class Patience {
  /**
   * Variables of a service's environment; each service takes its own. Who asks waits for longer
   * than who is asked: for two lists of models, and a search for the vector that it waits for.
   */
  static final Map<String, String> ENVIRONMENT =
      Map.ofEntries(
          // api-service
          Map.entry("RELATA_DATABASE_CONNECT_TIMEOUT", "20s"),
          Map.entry("RELATA_DATABASE_WAIT_TIMEOUT", "20s"),
          Map.entry("RELATA_EXPORT_CONNECT_TIMEOUT", "20s"),
          Map.entry("RELATA_MODELS_TIMEOUT", "20s"),
          Map.entry("QUARKUS_REST_CLIENT_GRAPH_SERVICE_CONNECT_TIMEOUT", "20000"),
          Map.entry("QUARKUS_REST_CLIENT_GRAPH_SERVICE_READ_TIMEOUT", "25000"),
          Map.entry("QUARKUS_REST_CLIENT_GRAPH_COMPARISONS_CONNECT_TIMEOUT", "20000"),
          // graph-service
          Map.entry("RELATA_COMPARE_EMBED_TIMEOUT", "20s"),
          Map.entry("RELATA_COMPARE_WAITING", "25s"),
          Map.entry("RELATA_DATABASE_CONNECTION_TIMEOUT", "20s"),
          Map.entry("RELATA_NATS_PING_INTERVAL", "5s"),
          Map.entry("RELATA_OPENSEARCH_CONNECT_TIMEOUT", "20s"),
          Map.entry("RELATA_OPENSEARCH_WAITING", "20s"),
          Map.entry("RELATA_SEARCH_EMBED_TIMEOUT", "20s"),
          // embedding-worker
          Map.entry("RELATA_BROKER_PING_INTERVAL", "5s"),
          Map.entry("RELATA_MODELS_LIST_LIMIT", "8s"),
          Map.entry("RELATA_QUERY_WAIT_LIMIT", "15s"),
          Map.entry("QUARKUS_REST_CLIENT_OLLAMA_CONNECT_TIMEOUT", "20000"));

  private Patience() {}

  static StackOptions with(StackOptions options) {
    StackOptions patient = options;
    for (Part part : new Part[] {Part.API, Part.WORKER, Part.GRAPH}) {
      for (Map.Entry<String, String> each : ENVIRONMENT.entrySet()) {
        patient = patient.withEnvironment(part, each.getKey(), each.getValue());
      }
    }
    return patient;
  }
}
