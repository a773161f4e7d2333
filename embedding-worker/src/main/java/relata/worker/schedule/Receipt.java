package relata.worker.schedule;

/** What waits for a document's outcome. Told once, by any thread. */
public interface Receipt {
  /** For nobody. */
  Receipt NONE =
      new Receipt() {
        @Override
        public void done() {
          // Nobody waits.
        }

        @Override
        public void failed() {
          // Nobody waits.
        }
      };

  /** The outcome is in the database, or the database will say that it is missing. */
  void done();

  /** The outcome is not known. */
  void failed();
}
