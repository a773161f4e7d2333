package relata.worker.schedule;

/** Whether a model is to be asked. */
enum ModelState {
  /** It answers. */
  CLOSED,
  /** It did not, and one call is to find out whether it does again. */
  PROBED,
  /** It is left alone. */
  OPEN
}
