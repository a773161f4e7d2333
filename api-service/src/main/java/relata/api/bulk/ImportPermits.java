package relata.api.bulk;

import java.util.HashMap;
import java.util.Map;

/** Imports that run: so many in all, and fewer of one tenant, so that it leaves some to others. */
final class ImportPermits {
  private final int max;
  private final Map<String, Integer> running = new HashMap<>();
  private int all;

  ImportPermits(int max) {
    this.max = max;
  }

  /**
   * Begins an import, if it may begin now.
   *
   * @param maxOfTenant how many the tenant may have
   */
  synchronized boolean tryTake(String tenant, int maxOfTenant) {
    int own = running.getOrDefault(tenant, 0);
    if (all >= max || own >= maxOfTenant) {
      return false;
    }
    running.put(tenant, own + 1);
    all++;
    return true;
  }

  /** An import of the tenant is over. */
  synchronized void release(String tenant) {
    running.computeIfPresent(tenant, (_, own) -> own == 1 ? null : own - 1);
    all--;
  }
}
