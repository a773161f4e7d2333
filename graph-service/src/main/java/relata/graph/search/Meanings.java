package relata.graph.search;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import relata.graph.generation.GenerationIndex;
import relata.graph.vector.DocumentVectors;

/** Says what a search by meaning goes by. Only for words is a model asked. */
@Singleton
final class Meanings {
  private static final Meaning NO_VECTORS =
      new Meaning.Missing("The document to find others like has no vectors, or none yet.");

  private final QueryEmbedding embedding;
  private final SearchConfig config;

  Meanings(QueryEmbedding embedding, SearchConfig config) {
    this.embedding = embedding;
    this.config = config;
  }

  Meaning of(GenerationIndex index, Subject subject) {
    return switch (subject) {
      case Subject.Words(String text) ->
          switch (embedding.of(index.generation(), text)) {
            case QueryVector.Found(float[] vector) -> new Meaning.Known(List.of(vector));
            case QueryVector.Unavailable(String message) -> new Meaning.Unavailable(message);
            case QueryVector.Refused(String message) -> new Meaning.Refused(message);
          };
      case Subject.Like(long documentId) -> {
        DocumentVectors document = index.vectors().vectors(List.of(documentId)).get(documentId);
        yield document == null ? NO_VECTORS : new Meaning.Known(some(document));
      }
    };
  }

  /** All vectors of the document; of very many some from everywhere in it. */
  private List<float[]> some(DocumentVectors document) {
    int all = document.ordinals().length;
    int count = Math.min(all, config.likeChunks());
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      vectors.add(document.vector((int) ((long) i * all / count)));
    }
    return vectors;
  }
}
