package relata.system.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The dashboards that are shipped. */
public final class Dashboards {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Dashboards() {}

  /** The queries of each panel, as they are sent for a namespace, by file and title. */
  public static Map<String, List<String>> queries(String namespace) throws IOException {
    Map<String, List<String>> queries = new TreeMap<>();
    try (Stream<Path> files = Files.list(ShippedRules.folder().resolve("dashboards"))) {
      for (Path file : files.toList()) {
        for (JsonNode panel : JSON.readTree(file.toFile()).path("panels")) {
          queries.put(
              file.getFileName() + ": " + panel.path("title").asText(),
              panel.path("targets").findValuesAsText("expr").stream()
                  .map(query -> query.replace("$namespace", namespace))
                  .toList());
        }
      }
    }
    return queries;
  }
}
