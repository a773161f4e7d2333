package relata.api.change;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import relata.api.collection.FoundCollection;
import relata.api.problem.DatabaseFailures;
import relata.api.resolution.Availability;
import relata.api.resolution.KnownModels;
import relata.api.resolution.RecipeResolution;
import relata.api.tenant.TenantWork;

/**
 * Once, at the start: takes collections along that follow the deployment's default recipe or its
 * aliases. Every replica does; each collection is changed by the first that comes to it.
 */
@Singleton
final class FollowAtStart {
  private static final Logger LOG = Logger.getLogger(FollowAtStart.class);
  private static final int PAGE = 100;

  private static final String FOLLOWING =
      """
      select c.id, c.tenant, c.name, a.id as active
        from content.collection c
        join content.generation a on a.collection_id = c.id and a.state = 'active'
       where c.id > $1
         and exists (select from content.generation g
                      where g.collection_id = c.id and g.state in ('active', 'building')
                        and (g.written = '"default"' or g.aliases <> '{}'))
       order by c.id limit $2""";

  private final Replicas replicas;
  private final Pool pool;
  private final TenantWork tenants;
  private final FollowDefaults defaults;
  private final KnownModels models;
  private final RecipeResolution resolution;
  private final ChangeConfig config;
  private volatile Thread thread;

  FollowAtStart(
      Replicas replicas,
      @ReactiveDataSource("background") Pool pool,
      TenantWork tenants,
      FollowDefaults defaults,
      KnownModels models,
      RecipeResolution resolution,
      ChangeConfig config) {
    this.replicas = replicas;
    this.pool = pool;
    this.tenants = tenants;
    this.defaults = defaults;
    this.models = models;
    this.resolution = resolution;
    this.config = config;
  }

  private record Following(String tenant, FoundCollection collection) {}

  void start(@Observes StartupEvent ready) {
    if (config.follow()) {
      thread = Thread.ofVirtual().name("recipe-follower").start(this::run);
    }
  }

  void stop(@Observes ShutdownEvent stop) {
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void run() {
    try {
      awaitAgreement();
      Availability known = known();
      long after = 0;
      while (after >= 0) {
        after = followed(after, known);
      }
    } catch (InterruptedException stopped) {
      LOG.debug("recipe follower stopped");
    }
  }

  /** While replicas of other settings are there, nobody knows whose are the ones to come. */
  private void awaitAgreement() throws InterruptedException {
    boolean isTold = false;
    while (!agree()) {
      if (!isTold) {
        LOG.info("recipes are not followed while replicas run with other defaults or aliases");
        isTold = true;
      }
      Thread.sleep(config.retryInterval());
    }
  }

  private boolean agree() {
    try {
      return replicas.agree();
    } catch (RuntimeException databaseAway) {
      LOG.debugf("recipe follower waits cause=%s", databaseAway);
      return false;
    }
  }

  /** A page of collections; gives where to go on, less than 0 when all were dealt with. */
  long followed(long after, Availability known) throws InterruptedException {
    try {
      List<Following> page = page(after);
      page.forEach(following -> follow(following, known));
      return page.size() < PAGE ? -1 : page.getLast().collection().id();
    } catch (RuntimeException databaseAway) {
      LOG.debugf("recipe follower waits cause=%s", databaseAway);
      Thread.sleep(config.retryInterval());
      return after;
    }
  }

  private void follow(Following following, Availability known) {
    FoundCollection collection = following.collection();
    try {
      tenants
          .of(following.tenant(), () -> defaults.follow(collection, known))
          .await()
          .atMost(config.databaseTimeout())
          .ifPresent(
              outcome ->
                  LOG.infof(
                      "recipe followed collection=%d generation=%d made=%b",
                      collection.id(), outcome.generation(), outcome.isMade()));
    } catch (RuntimeException failed) {
      if (DatabaseFailures.isAway(failed)) {
        throw failed;
      }
      // What is wrong with one collection is no reason to leave the others behind.
      LOG.warnf("recipe not followed collection=%d cause=%s", collection.id(), failed);
    }
  }

  private List<Following> page(long after) {
    List<Following> page = new ArrayList<>();
    pool.preparedQuery(FOLLOWING)
        .execute(Tuple.of(after, PAGE))
        .await()
        .atMost(config.databaseTimeout())
        .forEach(
            row ->
                page.add(
                    new Following(
                        row.getString("tenant"),
                        new FoundCollection(
                            row.getLong("id"), row.getString("name"), row.getLong("active")))));
    return page;
  }

  /** A worker may start at the same moment; without fallbacks there is nothing to ask. */
  private Availability known() throws InterruptedException {
    if (!resolution.hasFallbacks()) {
      return Availability.UNKNOWN;
    }
    Instant end = Instant.now().plus(config.startPatience());
    Availability known = models.now().await().indefinitely();
    while (known.models().isEmpty() && Instant.now().isBefore(end)) {
      Thread.sleep(config.retryInterval());
      known = models.now().await().indefinitely();
    }
    return known;
  }
}
