package relata.local.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the server has and what is loaded: {@code /api/tags}, {@code /api/show}, {@code /api/ps}.
 */
final class CatalogEndpoints {

  private final Models models;
  private final Instant startedAt;

  /**
   * @param startedAt stands for when the models were last changed: they come with the program
   */
  CatalogEndpoints(Models models, Instant startedAt) {
    this.models = models;
    this.startedAt = startedAt;
  }

  private record Tag(
      String name,
      String model,
      @JsonProperty("modified_at") String modifiedAt,
      long size,
      String digest,
      ModelDescription.Details details,
      List<String> capabilities) {}

  private record Running(
      String name,
      String model,
      long size,
      String digest,
      ModelDescription.Details details,
      @JsonProperty("expires_at") String expiresAt,
      @JsonProperty("size_vram") long sizeVram,
      @JsonProperty("context_length") int contextLength) {}

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private record Shown(
      String license,
      String modelfile,
      String parameters,
      ModelDescription.Details details,
      @JsonProperty("model_info") Map<String, Object> modelInfo,
      List<String> capabilities,
      @JsonProperty("modified_at") String modifiedAt) {}

  Reply tags(ObjectNode body, RequestFacts facts) {
    List<Tag> tags =
        models.all().stream()
            .map(Models.Entry::description)
            .flatMap(
                model ->
                    Stream.concat(Stream.of(model.name()), model.aliases().stream())
                        .map(name -> tag(name, model)))
            .toList();
    return Reply.ok(Map.of("models", tags));
  }

  Reply show(ObjectNode body, RequestFacts facts) throws Refusal {
    ModelDescription model = models.find(new RequestFields(body).model()).description();
    facts.model(model);
    String modelfile =
        "# " + model.info().get("general.description") + "\nFROM " + model.name() + "\n";
    return Reply.ok(
        new Shown(
            model.license(),
            modelfile,
            model.parameters(),
            model.details(),
            model.info(),
            model.capabilities(),
            startedAt.toString()));
  }

  Reply running(ObjectNode body, RequestFacts facts) {
    return Reply.ok(
        Map.of("models", models.loaded().stream().map(CatalogEndpoints::running).toList()));
  }

  private Tag tag(String name, ModelDescription model) {
    return new Tag(
        name,
        name,
        startedAt.toString(),
        model.sizeBytes(),
        model.digest(),
        model.details(),
        model.capabilities());
  }

  private static Running running(Models.Loaded loaded) {
    ModelDescription model = loaded.description();
    return new Running(
        model.name(),
        model.name(),
        model.sizeBytes(),
        model.digest(),
        model.details(),
        loaded.expiresAt().toString(),
        0,
        model.contextTokens());
  }
}
