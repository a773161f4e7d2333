package relata.worker.ollama;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import relata.worker.catalog.KeepAlive;
import relata.worker.catalog.ListedModel;
import relata.worker.catalog.Listing;
import relata.worker.catalog.Loading;
import relata.worker.catalog.ModelCatalog;
import relata.worker.catalog.ModelUse;
import relata.worker.model.ModelFailure;
import relata.worker.ollama.OllamaHttp.Answer;

/** Ollama's lists of models, and how it loads them. */
@Singleton
final class OllamaCatalog implements ModelCatalog {
  private static final String EMBED = "/api/embed";
  private static final String GENERATE = "/api/generate";
  private static final String TINY = "ok";

  private final OllamaHttp http;

  OllamaCatalog(OllamaHttp http) {
    this.http = http;
  }

  @Override
  public Listing installed(Duration limit) {
    return listing(http.get("/api/tags", limit));
  }

  @Override
  public Listing loaded(Duration limit) {
    return listing(http.get("/api/ps", limit));
  }

  @Override
  public Loading load(String model, KeepAlive keepAlive, Duration limit) {
    // Without input both only load. A model without text output takes the second alone.
    Answer answer = http.post(GENERATE, generation(model, "", keepAlive), limit);
    if (answer instanceof Answer.Failed(ModelFailure failure)
        && OllamaFailures.writesNoText(failure)) {
      Answer embedding = http.post(EMBED, embedding(model, new JsonArray(), keepAlive), limit);
      return failure(embedding)
          .<Loading>map(Loading.Failed::new)
          .orElseGet(() -> new Loading.Loaded(ModelUse.EMBED));
    }
    return failure(answer)
        .<Loading>map(Loading.Failed::new)
        .orElseGet(() -> new Loading.Loaded(ModelUse.GENERATE));
  }

  @Override
  public Optional<ModelFailure> unload(String model, Duration limit) {
    return failure(http.post(GENERATE, generation(model, "", KeepAlive.NONE), limit));
  }

  @Override
  public Optional<ModelFailure> probe(
      String model, ModelUse use, KeepAlive keepAlive, Duration limit) {
    return switch (use) {
      case EMBED ->
          failure(http.post(EMBED, embedding(model, JsonArray.of(TINY), keepAlive), limit));
      case GENERATE ->
          failure(
              http.post(
                  GENERATE,
                  generation(model, TINY, keepAlive)
                      .put("options", new JsonObject().put("num_predict", 1)),
                  limit));
    };
  }

  private static JsonObject embedding(String model, JsonArray input, KeepAlive keepAlive) {
    return new JsonObject()
        .put("model", model)
        .put("input", input)
        .put("keep_alive", keepAlive.value());
  }

  private static JsonObject generation(String model, String prompt, KeepAlive keepAlive) {
    return new JsonObject()
        .put("model", model)
        .put("prompt", prompt)
        .put("stream", false)
        .put("keep_alive", keepAlive.value());
  }

  private static Optional<ModelFailure> failure(Answer answer) {
    return switch (answer) {
      case Answer.Json _ -> Optional.empty();
      case Answer.Failed(ModelFailure failure) -> Optional.of(failure);
    };
  }

  private static Listing listing(Answer answer) {
    return switch (answer) {
      case Answer.Failed(ModelFailure failure) -> new Listing.Unknown(failure);
      case Answer.Json(JsonObject body) -> {
        try {
          yield new Listing.Models(models(body));
        } catch (ClassCastException | NullPointerException unreadable) {
          yield new Listing.Unknown(
              new ModelFailure.Refused("not_json", "The list of models cannot be read.", false));
        }
      }
    };
  }

  private static List<ListedModel> models(JsonObject body) {
    List<ListedModel> models = new ArrayList<>();
    for (Object entry : body.getJsonArray("models", new JsonArray())) {
      JsonObject model = (JsonObject) entry;
      models.add(
          new ListedModel(
              model.getString("name"),
              model.getString("digest", ""),
              model.getLong("size", 0L),
              model.getLong("size_vram", 0L)));
    }
    return models;
  }
}
