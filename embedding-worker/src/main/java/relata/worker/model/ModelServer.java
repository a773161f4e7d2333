package relata.worker.model;

import java.util.List;

/** The one remote edge of this service; tests put a faulty one here. */
@FunctionalInterface
public interface ModelServer {
  /**
   * Embeds texts with a model. Blocks until the server has answered or its time is up, and never
   * throws for what a server can do wrong.
   */
  ModelReply embed(String model, List<String> inputs);
}
