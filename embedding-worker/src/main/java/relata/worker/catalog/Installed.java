package relata.worker.catalog;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/** The models that the server has, as of a while ago. */
@Singleton
public final class Installed {
  private final ModelCatalog catalog;
  private final ModelsConfig config;
  private final Clock clock;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile Listing.Models known = Listing.Models.NONE;
  private volatile Instant askedAt = Instant.MIN;

  Installed(ModelCatalog catalog, ModelsConfig config, Clock clock) {
    this.catalog = catalog;
    this.config = config;
    this.clock = clock;
  }

  /** What was heard last; nothing before the server was asked for the first time. */
  public Listing.Models lastKnown() {
    return known;
  }

  /** A list that is not older than configured, if the server can be asked. */
  public Listing recent() {
    Instant oldest = clock.instant().minus(config.listMaxAge());
    if (askedAt.isAfter(oldest)) {
      return known;
    }
    asking.lock();
    try {
      return askedAt.isAfter(oldest) ? known : now();
    } finally {
      asking.unlock();
    }
  }

  /** What the server says now. */
  public Listing now() {
    Instant before = clock.instant();
    Listing listing = catalog.installed(config.listLimit());
    if (listing instanceof Listing.Models models) {
      known = models;
      askedAt = before;
    }
    return listing;
  }
}
