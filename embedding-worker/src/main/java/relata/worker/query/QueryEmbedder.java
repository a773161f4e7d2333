package relata.worker.query;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import relata.worker.database.DatabaseException;
import relata.worker.gate.Lane;
import relata.worker.gate.Turn;
import relata.worker.generation.Generation;
import relata.worker.generation.GenerationLookup;
import relata.worker.generation.Generations;
import relata.worker.identity.IdentityCheck;
import relata.worker.identity.ModelIdentities;
import relata.worker.identity.ModelIdentity;
import relata.worker.identity.Purpose;
import relata.worker.model.CallSize;
import relata.worker.model.Embedding;
import relata.worker.model.ModelAccess;
import relata.worker.model.ModelAnswer;
import relata.worker.model.ModelFailure;
import relata.worker.model.ModelServer;
import relata.worker.recent.Recent;
import relata.worker.split.Tokens;

/** Embeds search texts under a generation's recipe. */
@Singleton
class QueryEmbedder {
  /** Codes of answers that have nothing to do with the text: another one would get the same. */
  private static final Set<String> NO_ANSWER_TO_ANY =
      Set.of("wrong_count", "wrong_dimension", "no_vector");

  private record Asked(long generationId, String text) {}

  private final Generations generations;
  private final ModelIdentities identities;
  private final ModelServer server;
  private final ModelAccess access;
  private final QueryConfig config;
  private final Recent<Asked, Embedding> recent;

  QueryEmbedder(
      Generations generations,
      ModelIdentities identities,
      ModelServer server,
      ModelAccess access,
      QueryConfig config) {
    this.generations = generations;
    this.identities = identities;
    this.server = server;
    this.access = access;
    this.config = config;
    this.recent = new Recent<>(config.cacheSize());
  }

  /** The vector of a text that was embedded lately. Does not wait. */
  Optional<QueryAnswer> remembered(long generationId, String text) {
    return recent
        .find(new Asked(generationId, text))
        .map(embedding -> new QueryAnswer.Vector(embedding, true));
  }

  QueryAnswer embed(long generationId, String text) {
    if (text.isBlank()) {
      return new QueryAnswer.Refused("The search text is empty.");
    }
    if (text.length() > config.maxTextLength()) {
      return new QueryAnswer.Refused(
          "The search text has %d characters; at most %d are searched for."
              .formatted(text.length(), config.maxTextLength()));
    }
    try {
      return switch (generations.find(generationId)) {
        case GenerationLookup.Gone _ ->
            new QueryAnswer.UnknownGeneration("There is no generation " + generationId + ".");
        case GenerationLookup.Unreadable(String reason) -> new QueryAnswer.Unavailable(reason);
        case GenerationLookup.Known(Generation generation) -> {
          yield switch (check(generation)) {
            case IdentityCheck.Same(ModelIdentity identity) -> ask(generation, identity, text);
            case IdentityCheck.Changed(String reason) -> new QueryAnswer.Unavailable(reason);
          };
        }
      };
    } catch (DatabaseException outage) {
      return new QueryAnswer.Unavailable("The recipe cannot be read: " + outage.getMessage());
    }
  }

  private IdentityCheck check(Generation generation) {
    return identities.check(generation.id(), Purpose.EMBED, generation.recipe().embed().model());
  }

  private QueryAnswer ask(Generation generation, ModelIdentity identity, String text) {
    var embed = generation.recipe().embed();
    String input = embed.queryInput(text);
    ModelAnswer answer =
        access.embed(
            new Turn(Lane.QUERY, generation.collectionId()),
            embed.model(),
            new CallSize(1, Tokens.estimate(input)),
            config.waitLimit(),
            () -> server.embed(embed.model(), List.of(input)));
    return switch (answer) {
      case ModelAnswer.Vectors(List<Embedding> embeddings) ->
          answer(generation, identity, text, embeddings.getFirst());
      case ModelFailure.Refused nonsense when NO_ANSWER_TO_ANY.contains(nonsense.code()) ->
          new QueryAnswer.Unavailable("The model's answer is of no use: " + nonsense.reason());
      case ModelFailure.Refused refused ->
          new QueryAnswer.Refused("The model refused the search text: " + refused.reason());
      case ModelFailure.Busy busy ->
          new QueryAnswer.Unavailable("The model server has no room: " + busy.reason());
      case ModelFailure.Missing missing -> new QueryAnswer.Unavailable(missing.reason());
      case ModelFailure.Transient failed ->
          new QueryAnswer.Unavailable("The model server failed: " + failed.reason());
    };
  }

  private QueryAnswer answer(
      Generation generation, ModelIdentity identity, String text, Embedding embedding) {
    return switch (identity.compare(embedding.dimension())) {
      case IdentityCheck.Changed(String reason) ->
          new QueryAnswer.Unavailable(
              generation.recipe().embed().clientDimension().isPresent()
                  ? unlikeTheClients(identity, embedding)
                  : reason);
      case IdentityCheck.Same _ -> {
        // Before the generation has vectors, nobody knows that they will come from this model.
        boolean lasting = identity.dimension().isPresent();
        if (lasting) {
          recent.put(new Asked(generation.id(), text), embedding);
        }
        yield new QueryAnswer.Vector(embedding, lasting);
      }
    };
  }

  /** Nothing that is made anew helps: only the client knows what made its vectors. */
  private static String unlikeTheClients(ModelIdentity identity, Embedding embedding) {
    return """
        The client's vectors cannot be compared with those of model %s, which have %d components: \
        name in embed.model the model that the client's come from."""
        .formatted(identity.model(), embedding.dimension());
  }
}
