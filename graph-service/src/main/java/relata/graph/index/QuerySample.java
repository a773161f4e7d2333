package relata.graph.index;

import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import relata.graph.database.Database;
import relata.graph.database.Session;

/**
 * Keeps some of the vectors that users searched by, so that trials ask what users ask. A text is
 * never kept, nor who asked and when; of its vector no more than one in a bounded number of places,
 * which a later one takes, until it is old or its generation is erased.
 */
@Singleton
public final class QuerySample {
  private static final Logger LOG = Logger.getLogger(QuerySample.class);

  private static final String PUT =
      """
      insert into graph.query_sample as s (generation_id, stored, slot, max_documents, vector)
      values ($1, $2, $3, $4, $5)
          on conflict (generation_id, stored, slot) do update
         set max_documents = excluded.max_documents, vector = excluded.vector, sampled_at = now()
      """;

  private static final String ALL =
      """
      select max_documents, vector from graph.query_sample
       where generation_id = $1 order by stored desc, slot
      """;

  private static final String COUNT =
      "select count(*) from graph.query_sample where generation_id = $1";

  private static final String TAKEN =
      "select count(*) from graph.query_sample where generation_id = $1 and not stored";

  /** Places are drawn, so the last ones stay free for long. */
  private static final double MOST = 0.8;

  private static final String FORGET =
      "delete from graph.query_sample where sampled_at < now() - make_interval(secs => $1)";

  private final Database database;
  private final TuneConfig config;
  private final Map<Long, Drawn> waiting = new ConcurrentHashMap<>();

  public QuerySample(Database database, TuneConfig config) {
    this.database = database;
    this.config = config;
  }

  /** Offers the vector of a search; costs no more than a copy of it. */
  public void offer(long generationId, float[] vector, int maxDocuments) {
    if (config.sampleSlots() > 0) {
      drawn(generationId).offer(new SampledQuery(vector, maxDocuments));
    }
  }

  /** Offers the vector of a query that users stored; the same text takes the same place again. */
  public void offerStored(long generationId, String text, float[] vector, int maxDocuments) {
    int slots = config.sampleSlots();
    if (slots > 0) {
      int slot = Math.floorMod(text.hashCode(), slots);
      drawn(generationId).put(slot, new SampledQuery(vector, maxDocuments));
    }
  }

  private Drawn drawn(long generationId) {
    return waiting.computeIfAbsent(generationId, id -> new Drawn(config.sampleAtOnce()));
  }

  /** Writes what was drawn since the last time. */
  void flush() {
    for (long generationId : List.copyOf(waiting.keySet())) {
      Drawn drawn = waiting.remove(generationId);
      try {
        database.transaction(
            session -> {
              drawn
                  .stored()
                  .forEach((slot, query) -> put(session, generationId, true, slot, query));
              for (SampledQuery query : drawn.some(room(session, generationId))) {
                int slot = ThreadLocalRandom.current().nextInt(config.sampleSlots());
                put(session, generationId, false, slot, query);
              }
              return null;
            });
      } catch (RuntimeException failed) {
        LOG.debugf("sampled queries lost reason=%s", failed.getMessage());
      }
    }
  }

  /** Forgets what is old. */
  void forget() {
    database.transaction(
        session -> session.query(FORGET, (double) config.sampleKept().toSeconds()));
  }

  private int room(Session session, long generationId) {
    long taken = session.query(TAKEN, generationId).iterator().next().getLong(0);
    return taken < MOST * config.sampleSlots() ? config.sampleAtOnce() : config.sampleAnew();
  }

  private static void put(
      Session session, long generationId, boolean stored, int slot, SampledQuery query) {
    session.query(
        PUT,
        generationId,
        stored,
        slot,
        query.maxDocuments(),
        Buffer.buffer(Floats.bytes(query.vector())));
  }

  /** All of a generation, those that were stored first. */
  static List<SampledQuery> read(Session session, long generationId) {
    List<SampledQuery> queries = new ArrayList<>();
    session
        .query(ALL, generationId)
        .forEach(
            row ->
                queries.add(
                    new SampledQuery(
                        Floats.of(row.getBuffer("vector").getBytes()),
                        row.getInteger("max_documents"))));
    return queries;
  }

  static int count(Session session, long generationId) {
    return session.query(COUNT, generationId).iterator().next().getLong(0).intValue();
  }

  /** Some of many, each as probable as any other (Vitter's algorithm R). */
  private static final class Drawn {
    private final int room;
    private final List<SampledQuery> some = new ArrayList<>();
    private final Map<Integer, SampledQuery> stored = new HashMap<>();
    private long offered;

    Drawn(int room) {
      this.room = room;
    }

    synchronized void offer(SampledQuery query) {
      offered++;
      if (some.size() < room) {
        some.add(query);
        return;
      }
      long place = ThreadLocalRandom.current().nextLong(offered);
      if (place < room) {
        some.set((int) place, query);
      }
    }

    synchronized void put(int slot, SampledQuery query) {
      stored.put(slot, query);
    }

    synchronized Map<Integer, SampledQuery> stored() {
      return Map.copyOf(stored);
    }

    /** No more than these of them. */
    synchronized List<SampledQuery> some(int most) {
      Collections.shuffle(some, ThreadLocalRandom.current());
      return List.copyOf(some.subList(0, Math.min(most, some.size())));
    }
  }
}
