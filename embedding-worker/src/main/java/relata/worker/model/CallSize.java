package relata.worker.model;

/**
 * How much a call asks of a model.
 *
 * @param inputs texts, or prompts
 * @param tokens estimated tokens in them
 */
public record CallSize(int inputs, long tokens) {
  public CallSize {
    if (inputs < 0 || tokens < 0) {
      throw new IllegalArgumentException("A call asks for something.");
    }
  }
}
