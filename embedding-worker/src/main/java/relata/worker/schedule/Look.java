package relata.worker.schedule;

import relata.worker.generation.Served;

/**
 * A look at a generation's stale documents that was begun.
 *
 * @param position behind which they are looked for
 * @param limit documents to be looked at
 */
record Look(GenerationQueues queues, Served generation, StalePage.Position position, int limit) {}
