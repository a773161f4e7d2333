package relata.system.layering;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import relata.system.Project;

/**
 * A module that has code of its own, and what of the project it may use: the one place where the
 * layers are written down.
 */
enum Layer {
  CONTRACTS("shared-contracts", "relata.contracts"),
  SCHEMA("schema", "relata.schema"),
  TLS("service-tls", "relata.tls"),
  OPENSEARCH_NODE("opensearch-node", "relata.opensearch"),
  LOCAL_STACK("local-stack", "relata.local"),
  API("api-service", "relata.api"),
  WORKER("embedding-worker", "relata.worker"),
  GRAPH("graph-service", "relata.graph");

  final String module;
  final String rootPackage;

  Layer(String module, String rootPackage) {
    this.module = module;
    this.rootPackage = rootPackage;
  }

  /** Services meet in the contracts and in the database, never in each other's code. */
  Set<Layer> mayUse() {
    return switch (this) {
      case CONTRACTS, SCHEMA, TLS, OPENSEARCH_NODE -> Set.of();
      case LOCAL_STACK -> Set.of(CONTRACTS, SCHEMA);
      case API, WORKER, GRAPH -> Set.of(CONTRACTS, TLS);
    };
  }

  /** The compiled main classes. A rule over a folder that is not there would hold for nothing. */
  Path classes() {
    return built("target/classes");
  }

  /** The jars that a service is started with. */
  Path libraries() {
    return built("target/quarkus-app/lib");
  }

  private Path built(String path) {
    Path built = Project.module(module).resolve(path);
    if (!Files.isDirectory(built)) {
      throw new IllegalStateException(
          module + "/" + path + " is missing. Build first: ./mvnw package -DskipTests");
    }
    return built;
  }
}
