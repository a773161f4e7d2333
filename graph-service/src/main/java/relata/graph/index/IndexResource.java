package relata.graph.index;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import relata.graph.database.Database;
import relata.graph.database.Session;
import relata.graph.generation.Generation;
import relata.graph.generation.GenerationTable;
import relata.graph.generation.IndexKind;
import relata.graph.generation.Stage;
import relata.graph.index.IndexView.RunView;
import relata.graph.index.IndexView.TrialView;
import relata.graph.index.Run.Outcome;
import relata.graph.problem.ProblemException;
import relata.graph.tune.Cause;
import relata.graph.tune.Recall;

/** What an index is worth, and who wants it tuned. */
@Path("/internal/generations/{generation}/index")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Singleton
public final class IndexResource {
  private final Database database;
  private final IndexReader reader;
  private final Efforts efforts;
  private final Tuner tuner;
  private final TuneConfig config;

  IndexResource(
      Database database, IndexReader reader, Efforts efforts, Tuner tuner, TuneConfig config) {
    this.database = database;
    this.reader = reader;
    this.efforts = efforts;
    this.tuner = tuner;
    this.config = config;
  }

  @GET
  public IndexView index(@RestPath long generation) {
    return database.transaction(
        session -> reader.read(session, known(session, generation), bar(session, generation)));
  }

  /** Asks for a run, which takes place when the trials of others and the live load allow it. */
  @POST
  @Path("/tune")
  @ResponseStatus(202)
  public RunView tune(@RestPath long generation, TuneRequest request) {
    long seed = TuneRequest.seed(request);
    Run run = database.transaction(session -> create(session, generation, seed));
    var unused = tuner.request();
    return RunView.of(run);
  }

  private Run create(Session session, long generation, long seed) {
    if (known(session, generation).index() != IndexKind.EMBEDDED) {
      throw ProblemException.conflict(
          "The index is in OpenSearch, which is told there how much to look at.");
    }
    double bar = bar(session, generation);
    if (GenerationTable.stage(session, generation) != Stage.ACTIVE) {
      throw ProblemException.conflict("Only a generation that is served is tuned.");
    }
    long needed = Recall.queriesFor(bar);
    if (needed == Long.MAX_VALUE) {
      throw ProblemException.conflict(
          "minRecall is 1, so searches are certain and there is nothing to tune.");
    }
    int queries = Math.min(config.maxQueries(), QuerySample.count(session, generation));
    if (queries < needed) {
      throw ProblemException.conflict(
          "There are %d queries to measure by, and it takes %d to show a recall of %s. Search first."
              .formatted(queries, needed, bar));
    }
    if (TrialTable.withinTheHour(session, generation) > config.trialsAnHour() - 2) {
      throw ProblemException.conflict(
          "There were as many trials within the last hour as may be. Try again later.");
    }
    return RunTable.create(session, generation, Cause.HAND, seed, bar)
        .orElseThrow(() -> ProblemException.conflict("A run is under way, or waits already."));
  }

  /** Undoes the last promotion. */
  @POST
  @Path("/undo")
  public IndexView undo(@RestPath long generation) {
    IndexView view =
        database.transaction(
            session -> {
              Generation known = known(session, generation);
              if (!SettingTable.locked(session, generation).undo()) {
                throw ProblemException.conflict("There is no promotion to undo.");
              }
              return reader.read(session, known, bar(session, generation));
            });
    efforts.follow();
    return view;
  }

  @GET
  @Path("/trials")
  public TrialPage trials(
      @RestPath long generation,
      @RestQuery @DefaultValue("20") int limit,
      @RestQuery String after) {
    if (limit < 1 || limit > config.maxPage()) {
      throw ProblemException.badField("limit", "must be from 1 to " + config.maxPage());
    }
    TrialPosition before = TrialPosition.of(after);
    List<TrialView> trials =
        database.transaction(
            session -> {
              var unused = known(session, generation);
              return TrialTable.page(session, generation, before.run(), before.number(), limit)
                  .stream()
                  .map(TrialView::of)
                  .toList();
            });
    return new TrialPage(trials, trials.size() == limit ? trials.getLast().id() : null);
  }

  /** Follows what a run decided, from its seed and its journal. */
  @GET
  @Path("/runs/{run}/replay")
  public Replay replay(@RestPath long generation, @RestPath long run) {
    return database.transaction(
        session -> {
          Run stored =
              RunTable.find(session, generation, run)
                  .orElseThrow(() -> ProblemException.unknownRun(run));
          boolean isDecided =
              stored.outcome() == Outcome.PROMOTED
                  || stored.outcome() == Outcome.KEPT
                  || stored.outcome() == Outcome.FELL_BACK;
          if (!isDecided) {
            throw ProblemException.conflict("Nothing was decided in the run.");
          }
          return Replay.of(stored, TrialTable.of(session, run));
        });
  }

  private static Generation known(Session session, long generation) {
    return GenerationTable.find(session, generation)
        .orElseThrow(() -> ProblemException.unknownGeneration(generation));
  }

  private double bar(Session session, long generation) {
    return Bars.of(session, List.of(generation), config).get(generation);
  }
}
