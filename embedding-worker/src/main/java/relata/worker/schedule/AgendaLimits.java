package relata.worker.schedule;

import java.time.Duration;

/**
 * Bounds of an {@link Agenda}.
 *
 * @param slots batches in work at once
 * @param patience after which a batch keeps no batch of another model out any more
 * @param liveBatch documents in a batch of changes
 * @param gathering how long changes wait for others to share a batch when they come fast
 * @param backfillBatch documents in a batch of whatever else is stale
 * @param queue documents in one queue
 * @param total documents in all queues
 * @param generations that are known to have work
 * @param again between two looks at a generation that is behind
 */
record AgendaLimits(
    int slots,
    Duration patience,
    int liveBatch,
    Duration gathering,
    int backfillBatch,
    int queue,
    int total,
    int generations,
    Duration again) {
  AgendaLimits {
    if (slots < 1 || liveBatch < 1 || backfillBatch < liveBatch || queue < 1 || total < queue) {
      throw new IllegalArgumentException("The schedule's limits contradict each other.");
    }
  }

  /** However many batches hang, there are never more than these. */
  int most() {
    return 2 * slots;
  }
}
