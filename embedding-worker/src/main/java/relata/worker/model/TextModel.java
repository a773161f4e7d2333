package relata.worker.model;

/** A model server that goes on from a prompt. */
@FunctionalInterface
public interface TextModel {
  /**
   * What a model is asked.
   *
   * @param maxTokens of the answer
   * @param contextTokens of prompt and answer together, that the model has room for
   */
  record Request(String model, String prompt, int maxTokens, int contextTokens) {
    public Request {
      if (maxTokens < 1 || contextTokens <= maxTokens) {
        throw new IllegalArgumentException("A prompt needs room beside its answer.");
      }
    }
  }

  /**
   * Has a model answer a prompt, the same one always in the same way. Blocks until the server has
   * answered or its time is up, and never throws for what a server can do wrong.
   */
  TextAnswer write(Request request);
}
