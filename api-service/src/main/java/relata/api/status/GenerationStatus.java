package relata.api.status;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How far the features of one generation are. The six states add up to the documents.
 *
 * @param generation its id
 * @param pending nobody has begun with them
 * @param failed they are tried again by themselves, but for those that are blocked
 * @param blocked of the failed, those that wait until somebody brings what they lack; each
 *     document's features say what
 * @param dead they are not; see the dead letters
 * @param pendingCount all that are still to be done: pending, processing and failed
 * @param coverage ready and skipped documents among all, 0 to 1; 1 for an empty collection
 * @param linked ready and skipped documents whose neighbours are stored, too
 * @param oldestPendingSeconds age of the oldest change that is still to be done: pending,
 *     processing or failed, as in pendingCount; null if none is
 * @param ratePerSecond documents that became ready or skipped within the last minute, averaged
 *     since the first of them
 * @param etaSeconds when all that are still to be done and not blocked will be, at that rate; 0 if
 *     none is, null while none gets done, or nobody works on the generation
 */
@Schema(name = "GenerationStatus")
public record GenerationStatus(
    long generation,
    long documents,
    long pending,
    long processing,
    long ready,
    long skipped,
    long failed,
    long blocked,
    long dead,
    long pendingCount,
    double coverage,
    long linked,
    Double oldestPendingSeconds,
    double ratePerSecond,
    Double etaSeconds) {

  /** Estimates from the counts: coverage, what is left, and how long it takes. */
  static GenerationStatus of(
      long generation,
      long documents,
      long pending,
      long processing,
      long ready,
      long skipped,
      long failed,
      long blocked,
      long dead,
      long linked,
      Double oldestPendingSeconds,
      double ratePerSecond,
      boolean isWorkedOn) {
    long left = pending + processing + failed;
    return new GenerationStatus(
        generation,
        documents,
        pending,
        processing,
        ready,
        skipped,
        failed,
        blocked,
        dead,
        left,
        documents == 0 ? 1 : (double) (ready + skipped) / documents,
        linked,
        oldestPendingSeconds,
        ratePerSecond,
        eta(left - blocked, isWorkedOn ? ratePerSecond : 0));
  }

  private static Double eta(long left, double ratePerSecond) {
    if (left == 0) {
      return 0.0;
    }
    return ratePerSecond == 0 ? null : left / ratePerSecond;
  }
}
