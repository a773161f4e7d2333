package relata.worker.embed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import relata.worker.model.Embedding;
import relata.worker.model.InputAnswer;
import relata.worker.model.ModelAnswer;
import relata.worker.model.ModelFailure;

/**
 * Finds the text that spoils a batch: a refused batch is asked again in halves until the text to
 * blame stands alone, in about 1.5·log2(n) calls, and its neighbours get their vectors.
 */
final class Bisection {
  private Bisection() {}

  /** An answer for each text, in their order. */
  static List<InputAnswer> embed(List<String> texts, Function<List<String>, ModelAnswer> model) {
    return switch (model.apply(texts)) {
      case ModelAnswer.Vectors vectors -> List.copyOf(vectors.embeddings());
      case ModelFailure.Refused _ when texts.size() > 1 -> halves(texts, model);
      case ModelFailure failure -> Collections.nCopies(texts.size(), failure);
    };
  }

  /**
   * Of texts that are refused together: when the first half is not, the other is not asked whole.
   */
  private static List<InputAnswer> halves(
      List<String> texts, Function<List<String>, ModelAnswer> model) {
    int middle = texts.size() / 2;
    List<String> rest = texts.subList(middle, texts.size());
    List<InputAnswer> answers = new ArrayList<>(embed(texts.subList(0, middle), model));
    boolean blameless = answers.stream().allMatch(Embedding.class::isInstance);
    answers.addAll(blameless && rest.size() > 1 ? halves(rest, model) : embed(rest, model));
    return List.copyOf(answers);
  }
}
