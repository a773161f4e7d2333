package relata.local.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Collects what a reader finds. */
final class Items implements Consumer<SourceItem> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<SourceItem> all = new ArrayList<>();

  @Override
  public void accept(SourceItem item) {
    all.add(item);
  }

  List<JsonNode> documents() throws JsonProcessingException {
    List<JsonNode> documents = new ArrayList<>();
    for (SourceItem item : all) {
      if (item instanceof SourceItem.Document document) {
        documents.add(JSON.readTree(document.json()));
      }
    }
    return documents;
  }

  JsonNode only() throws JsonProcessingException {
    if (all.size() != 1) {
      throw new AssertionError("Expected one item: " + all);
    }
    return documents().getFirst();
  }

  List<String> ids() throws JsonProcessingException {
    return documents().stream().map(document -> document.path("id").asText()).toList();
  }

  List<String> locations() {
    return all.stream().map(SourceItem::location).toList();
  }

  List<SourceItem.Broken> broken() {
    return all.stream()
        .filter(SourceItem.Broken.class::isInstance)
        .map(SourceItem.Broken.class::cast)
        .toList();
  }
}
