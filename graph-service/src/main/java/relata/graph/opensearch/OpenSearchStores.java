package relata.graph.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import relata.graph.generation.Generation;
import relata.graph.generation.SharedStore;
import relata.graph.generation.SharedStores;

/** An index for each generation, in one cluster. */
@Singleton
public final class OpenSearchStores implements SharedStores {
  private final OpenSearchClient client;
  private final OpenSearchConfig config;
  private final Pattern ours;

  OpenSearchStores(OpenSearchClient client, OpenSearchConfig config) {
    this.client = client;
    this.config = config;
    ours = Pattern.compile(Pattern.quote(config.prefix()) + "-(\\d{1,18})-index");
  }

  /** Those of a cluster that nothing else in the process knows, as tests and the bench have. */
  public static SharedStores of(OpenSearchConfig config) {
    return new OpenSearchStores(new OpenSearchClient(config), config);
  }

  @Override
  public SharedStore open(Generation generation) {
    return new OpenSearchStore(
        client, config, new IndexNames(config.prefix(), generation.id()), generation.language());
  }

  @Override
  public Set<Long> generations() {
    Set<Long> generations = new HashSet<>();
    if (client.isConfigured()) {
      JsonNode indexes =
          client.get("/_cat/indices/%s-*-index?h=index&format=json".formatted(config.prefix()));
      for (JsonNode index : indexes) {
        Matcher name = ours.matcher(index.path("index").asText());
        if (name.matches()) {
          generations.add(Long.parseLong(name.group(1)));
        }
      }
    }
    return generations;
  }

  @Override
  public void erase(long generationId) {
    try {
      client.delete("/" + new IndexNames(config.prefix(), generationId).index());
    } catch (OpenSearchException failed) {
      if (!failed.isNotFound()) {
        throw failed;
      }
    }
  }
}
