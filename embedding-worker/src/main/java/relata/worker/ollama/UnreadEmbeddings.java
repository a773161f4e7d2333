package relata.worker.ollama;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import relata.worker.model.Embedding;
import relata.worker.model.ModelAnswer;
import relata.worker.model.ModelFailure.Refused;
import relata.worker.model.ModelReply;

/**
 * The answer to {@code /api/embed}. A model server's 200 is no proof: what it sent is looked at
 * before anything is stored. It is read component by component, because a tree of 600 kB of numbers
 * would be the most that the worker ever has in memory.
 *
 * @param body JSON, as it came
 * @param inputs texts that were sent
 */
@SuppressWarnings("ArrayRecordComponent") // It is read once and thrown away.
record UnreadEmbeddings(JsonFactory json, byte[] body, int inputs) implements ModelReply.Unread {
  private static final int FIRST_GUESS = 1024;

  /** What makes an answer useless. */
  private static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    private Unusable(String code, String reason) {
      super(reason, null, false, false);
      this.code = code;
    }
  }

  @Override
  public ModelAnswer read() {
    try (JsonParser parser = json.createParser(body)) {
      // No JSON, but servers are known to write it; it is the text's fault, not the server's.
      parser.enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS.mappedFeature());
      List<Embedding> embeddings = new ArrayList<>(inputs);
      if (!find(parser)) {
        return OllamaFailures.noAnswer();
      }
      vectors(parser, embeddings);
      if (embeddings.size() != inputs) {
        throw new Unusable(
            "wrong_count",
            "The model answered %d vectors for %d texts.".formatted(embeddings.size(), inputs));
      }
      return new ModelAnswer.Vectors(embeddings);
    } catch (Unusable unusable) {
      return new Refused(unusable.code, unusable.getMessage(), false);
    } catch (IOException unreadable) {
      return OllamaFailures.ofException(unreadable);
    }
  }

  /** Goes to the vectors; false when it is not an answer of this kind at all. */
  private static boolean find(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = parser.currentName().equals("embeddings");
      if (parser.nextToken() == JsonToken.START_ARRAY && wanted) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  private static void vectors(JsonParser parser, List<Embedding> embeddings)
      throws IOException, Unusable {
    float[] components = new float[FIRST_GUESS];
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        throw new Unusable("no_vector", "The model answered something that is no vector.");
      }
      int dimension = 0;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (dimension == components.length) {
          components = Arrays.copyOf(components, 2 * dimension);
        }
        if (!parser.currentToken().isNumeric()) {
          throw notFinite();
        }
        components[dimension++] = parser.getFloatValue();
      }
      float[] vector = Arrays.copyOf(components, dimension);
      check(vector, embeddings);
      embeddings.add(Embedding.of(vector));
    }
  }

  private static void check(float[] vector, List<Embedding> before) throws Unusable {
    if (vector.length == 0) {
      throw new Unusable("no_vector", "The model answered an empty vector.");
    }
    if (!before.isEmpty() && before.getFirst().dimension() != vector.length) {
      throw new Unusable(
          "wrong_dimension",
          "The model answered vectors of %d and of %d components in one call."
              .formatted(before.getFirst().dimension(), vector.length));
    }
    double norm = 0;
    for (float component : vector) {
      // An infinite or undefined component makes the sum so.
      norm += (double) component * component;
    }
    if (!Double.isFinite(norm)) {
      throw notFinite();
    }
    if (norm == 0) {
      throw new Unusable("zero_vector", "The model answered a vector without a direction.");
    }
  }

  private static Unusable notFinite() {
    return new Unusable("not_finite", "The model answered a component that is no finite number.");
  }
}
