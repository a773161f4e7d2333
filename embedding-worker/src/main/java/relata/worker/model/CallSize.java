package relata.worker.model;

/**
 * How much a call asks of a model.
 *
 * @param inputs texts, or prompts
 * @param tokens estimated tokens in them
 */
public record CallSize(int inputs, long tokens) {
  /** A call that only asks whether the model is there, and says nothing about its speed. */
  public static final CallSize NOTHING = new CallSize(0, 0);

  public CallSize {
    if (inputs < 0 || tokens < 0) {
      throw new IllegalArgumentException("A call asks for something.");
    }
  }
}
