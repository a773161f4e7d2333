package relata.worker.pipeline;

import io.opentelemetry.context.Scope;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;
import relata.worker.claim.Claim;
import relata.worker.claim.Claimed;
import relata.worker.claim.Claims;
import relata.worker.claim.Failures;
import relata.worker.claim.Lease;
import relata.worker.claim.Verdict;
import relata.worker.database.DatabaseException;
import relata.worker.gate.Turn;
import relata.worker.model.Desk;

/** The way of a batch of documents, whoever found them: claim, split, embed, store. */
@Singleton
public final class Pipeline {
  private static final Logger LOG = Logger.getLogger(Pipeline.class);
  private static final int TRIES_IN_COMPANY = 2;

  private final Claims claims;
  private final Failures failures;
  private final PartWork partWork;
  private final PartTraces traces;
  private final Desk desk;
  private final PipelineConfig config;

  Pipeline(
      Claims claims,
      Failures failures,
      PartWork partWork,
      PartTraces traces,
      Desk desk,
      PipelineConfig config) {
    this.claims = claims;
    this.failures = failures;
    this.partWork = partWork;
    this.traces = traces;
    this.desk = desk;
    this.config = config;
  }

  /**
   * Brings the features of the documents up to date, as far as they are stale. When it returns, the
   * database says of each how far it came: ready, skipped, to be tried again, or dead.
   *
   * @throws DatabaseException when the database does not say; what was begun is stale again, now or
   *     when its lease runs out
   */
  public void process(Batch batch) {
    if (batch.documentIds().isEmpty()) {
      return;
    }
    try {
      boolean small = desk.isShared(batch.turn().lane());
      batch.parts(small ? config.smallBatch() : batch.documentIds().size()).forEach(this::work);
    } finally {
      // Also of those that needed no work, or were given back.
      traces.ended(batch);
    }
  }

  private void work(Batch batch) {
    Claim claim = take(batch);
    if (claim.documents().isEmpty()) {
      return;
    }
    List<Long> alone = List.of();
    try (Lease _ = Lease.keep(claims, claim)) {
      partWork.fail(claim, failures.lost(claim));
      alone = setAside(claim);
      for (List<Claimed> part : Parts.of(claim.open(), config.batchBytes())) {
        process(batch.turn(), claim, part);
      }
    } finally {
      giveBack(claim);
    }
    alone.forEach(id -> work(batch.only(id)));
  }

  private Claim take(Batch batch) {
    try (Desk.Place _ = desk.sit(batch.turn())) {
      return claims.take(batch.generationId(), batch.documentIds());
    }
  }

  /**
   * Gives back what was tried in company more than once: one of them may be what ends the workers,
   * and what is claimed with it would use up its tries as well.
   *
   * @return the documents to be claimed one at a time
   */
  private List<Long> setAside(Claim claim) {
    if (claim.documents().size() == 1) {
      return List.of();
    }
    List<Claimed> suspects =
        claim.open().stream().filter(document -> document.attempts() > TRIES_IN_COMPANY).toList();
    claims.giveBack(claim, suspects);
    return suspects.stream().map(Claimed::documentId).toList();
  }

  private void process(Turn turn, Claim claim, List<Claimed> part) {
    try {
      partWork.process(turn, claim, part);
    } catch (DatabaseException outage) {
      if (outage.isOutage()) {
        throw outage;
      }
      oneByOne(turn, claim, part, outage);
    } catch (RuntimeException | StackOverflowError bug) {
      oneByOne(turn, claim, part, bug);
    }
  }

  /** A document that nobody foresaw must not take its neighbours with it. */
  private void oneByOne(Turn turn, Claim claim, List<Claimed> part, Throwable failed) {
    if (part.size() > 1) {
      List<Claimed> open = claim.open();
      part.stream().filter(open::contains).forEach(alone -> process(turn, claim, List.of(alone)));
    } else if (isOpen(claim, part)) {
      Claimed document = part.getFirst();
      try (Scope _ = traces.about(document).makeCurrent()) {
        LOG.errorf(
            failed,
            "document failed unexpectedly document=%d version=%d",
            document.documentId(),
            document.version());
      }
      partWork.fail(claim, document, new Verdict.Retry("internal", failed.getClass().getName()));
    }
  }

  private static boolean isOpen(Claim claim, List<Claimed> part) {
    return claim.open().containsAll(part);
  }

  /** Also on a thread that was interrupted because the worker is stopping. */
  private void giveBack(Claim claim) {
    boolean stopping = Thread.interrupted();
    try {
      claims.giveBack(claim, claim.open());
    } catch (DatabaseException outage) {
      LOG.warnf("claim not given back claim=%s reason=\"%s\"", claim.id(), outage.getMessage());
    } finally {
      if (stopping) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
