package relata.worker.catalog;

/** What a model can be asked for. */
public enum ModelUse {
  /** Vectors of texts. */
  EMBED,
  /** Text that goes on from a prompt. */
  GENERATE
}
