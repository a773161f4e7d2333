package relata.worker.model;

import java.util.Objects;

/** What became of one prompt: the model's words, or why there are none. */
public sealed interface TextAnswer permits TextAnswer.Text, ModelFailure {
  /**
   * What the model said, as it said it.
   *
   * @param endsOpen it was stopped before its end
   */
  record Text(String text, boolean endsOpen) implements TextAnswer {
    public Text {
      Objects.requireNonNull(text);
    }
  }
}
