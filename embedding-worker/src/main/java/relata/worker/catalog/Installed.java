package relata.worker.catalog;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/** The models that the server has, as of a while ago. */
@Singleton
public final class Installed {
  /** What the server said last, and until when it need not be asked again. */
  private record Heard(Listing listing, Instant until) {}

  private final ModelCatalog catalog;
  private final ModelsConfig config;
  private final Clock clock;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile Listing.Models known = Listing.Models.NONE;
  private volatile Heard heard = new Heard(Listing.Models.NONE, Instant.MIN);

  Installed(ModelCatalog catalog, ModelsConfig config, Clock clock) {
    this.catalog = catalog;
    this.config = config;
    this.clock = clock;
  }

  /** What was heard last; nothing before the server was asked for the first time. */
  public Listing.Models lastKnown() {
    return known;
  }

  /**
   * A list that is not older than configured, if the server can be asked. One that cannot is asked
   * again after a moment: callers that come meanwhile would each wait for the whole limit.
   */
  public Listing recent() {
    Heard last = heard;
    if (clock.instant().isBefore(last.until())) {
      return last.listing();
    }
    asking.lock();
    try {
      return clock.instant().isBefore(heard.until()) ? heard.listing() : now();
    } finally {
      asking.unlock();
    }
  }

  /** What the server says now. */
  public Listing now() {
    Instant before = clock.instant();
    Listing listing = catalog.installed(config.listLimit());
    heard =
        switch (listing) {
          case Listing.Models models -> {
            known = models;
            yield new Heard(models, before.plus(config.listMaxAge()));
          }
          case Listing.Unknown _ -> new Heard(listing, clock.instant().plus(config.listLimit()));
        };
    return listing;
  }
}
