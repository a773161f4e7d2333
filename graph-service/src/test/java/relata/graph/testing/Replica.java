package relata.graph.testing;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Map;
import relata.graph.broker.Broker;
import relata.graph.broker.NatsConfig;
import relata.graph.database.Database;
import relata.graph.edges.EdgeCommitter;
import relata.graph.edges.EdgesChangedPublisher;
import relata.graph.edges.EdgesConfig;
import relata.graph.feed.FeedConfig;
import relata.graph.feed.Feeds;
import relata.graph.generation.GenerationConfig;
import relata.graph.generation.Generations;
import relata.graph.generation.SharedStores;
import relata.graph.generation.SnapshotAudit;
import relata.graph.generation.SnapshotKeeper;
import relata.graph.index.Efforts;
import relata.graph.index.LiveLoad;
import relata.graph.index.QuerySample;
import relata.graph.index.TuneConfig;
import relata.graph.index.Tuner;
import relata.graph.opensearch.OpenSearchConfig;
import relata.graph.opensearch.OpenSearchStores;
import relata.graph.snapshot.SnapshotConfig;
import relata.graph.snapshot.Snapshots;
import relata.graph.sweep.Linking;
import relata.graph.sweep.Sweep;
import relata.graph.sweep.SweepConfig;
import relata.tls.PeerTls;

/** What another process would consist of; the sweep runs if a test starts it. */
public final class Replica {
  private final Broker broker;
  private final Generations generations;
  private final EdgeCommitter committer;
  private final Sweep sweep;
  private final Feeds feeds;
  private final Tuner tuner;
  private final Snapshots snapshots;
  private final SnapshotKeeper keeper;

  /** One with the configuration of the application under test. */
  public Replica(String natsUrl) {
    this(natsUrl, Map.of());
  }

  /**
   * @param settings what differs, by the names of {@code relata.feed}, {@code relata.sweep}, {@code
   *     relata.generation}, {@code relata.opensearch} and {@code relata.snapshot}
   */
  public Replica(String natsUrl, Map<String, String> settings) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(NatsConfig.class)
            .withMapping(GenerationConfig.class)
            .withMapping(FeedConfig.class)
            .withMapping(SweepConfig.class)
            .withMapping(TuneConfig.class)
            .withMapping(OpenSearchConfig.class)
            .withMapping(SnapshotConfig.class)
            .addDiscoveredConverters()
            .withDefaultValues(settings)
            .withDefaultValue("relata.nats.url", natsUrl)
            .build();
    Database database = bean(Database.class);
    GenerationConfig generationConfig = config.getConfigMapping(GenerationConfig.class);
    EdgesConfig edgesConfig = bean(EdgesConfig.class);
    MeterRegistry meters = bean(MeterRegistry.class);
    broker = new Broker(config.getConfigMapping(NatsConfig.class), PeerTls.none());
    SnapshotConfig snapshotConfig = config.getConfigMapping(SnapshotConfig.class);
    snapshots = new Snapshots(snapshotConfig);
    generations = new Generations(database, generationConfig, stores(config), snapshots, meters);
    keeper = new SnapshotKeeper(database, generations, snapshots, snapshotConfig, meters);
    committer =
        new EdgeCommitter(
            database,
            generations,
            edgesConfig,
            new EdgesChangedPublisher(broker, edgesConfig),
            meters);
    SweepConfig sweepConfig = config.getConfigMapping(SweepConfig.class);
    Linking linking = new Linking(database, committer, edgesConfig, sweepConfig);
    sweep =
        new Sweep(
            database,
            generations,
            committer,
            linking,
            new SnapshotAudit(database, generations, snapshots, snapshotConfig),
            meters,
            sweepConfig,
            generationConfig,
            edgesConfig);
    feeds =
        new Feeds(
            broker,
            database,
            generations,
            committer,
            linking,
            sweep,
            config.getConfigMapping(FeedConfig.class),
            edgesConfig,
            meters,
            OpenTelemetry.noop());
    TuneConfig tuneConfig = config.getConfigMapping(TuneConfig.class);
    tuner =
        new Tuner(
            database,
            generations,
            new Efforts(database, generations, tuneConfig, meters),
            new QuerySample(database, tuneConfig),
            new LiveLoad(tuneConfig),
            tuneConfig,
            meters);
  }

  /** A cluster that only this replica knows, or that of the application. */
  private static SharedStores stores(SmallRyeConfig config) {
    OpenSearchConfig openSearch = config.getConfigMapping(OpenSearchConfig.class);
    return openSearch.url().isEmpty() ? bean(SharedStores.class) : OpenSearchStores.of(openSearch);
  }

  private static <T> T bean(Class<T> type) {
    return CDI.current().select(type).get();
  }

  public void start() {
    broker.start();
    feeds.start();
  }

  public void stop() throws InterruptedException {
    feeds.stop();
    sweep.stop();
    broker.close();
  }

  /** Whether or not it was started; another one may have its folder of snapshots then. */
  public void closeSnapshots() {
    snapshots.close();
  }

  public Broker broker() {
    return broker;
  }

  public Generations generations() {
    return generations;
  }

  public EdgeCommitter committer() {
    return committer;
  }

  public Sweep sweep() {
    return sweep;
  }

  public Tuner tuner() {
    return tuner;
  }

  /** Writes snapshots if a test starts it. */
  public SnapshotKeeper keeper() {
    return keeper;
  }

  public Feeds feeds() {
    return feeds;
  }
}
