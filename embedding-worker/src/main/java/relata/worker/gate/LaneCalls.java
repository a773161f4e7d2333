package relata.worker.gate;

/**
 * The calls of a lane at one moment.
 *
 * @param waiting for a permit
 * @param running on their way
 */
public record LaneCalls(Lane lane, int waiting, int running) {}
