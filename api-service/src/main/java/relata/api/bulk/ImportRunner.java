package relata.api.bulk;

import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import org.jboss.logging.Logger;
import relata.api.access.Caller;
import relata.api.collection.CollectionLookup;
import relata.api.collection.FoundCollection;
import relata.api.connection.WatchedConnection;
import relata.api.problem.DatabaseFailures;
import relata.api.problem.Problem;
import relata.api.problem.ProblemType;
import relata.api.tenant.Tenant;

/**
 * Runs imports of any length, a few at a time. They are read piece by piece on a virtual thread: a
 * long sequence of waits is best written as one.
 */
@Singleton
public final class ImportRunner {
  /** Media type of what imports read and answer: one JSON object a line. */
  public static final String NDJSON = "application/x-ndjson";

  private static final Logger LOG = Logger.getLogger(ImportRunner.class);

  private final BulkConfig config;
  private final CollectionLookup collections;
  private final SecurityIdentity identity;
  private final ImportStop stop;
  private final ImportPermits permits;

  ImportRunner(
      BulkConfig config, CollectionLookup collections, SecurityIdentity identity, ImportStop stop) {
    this.config = config;
    this.collections = collections;
    this.identity = identity;
    this.stop = stop;
    this.permits = new ImportPermits(config.maxImports());
  }

  /** What is done with the lines of one import. */
  @FunctionalInterface
  public interface Lines {
    /**
     * Deals with everything that the input holds and puts one answer a line into the spool. It
     * blocks.
     *
     * @throws ImportFailure if lines could not be stored; those before them are
     * @throws IOException if the body broke off; what was stored before stays
     */
    void importInto(FoundCollection collection, InputStream input, AnswerSpool answers)
        throws IOException, ImportFailure;
  }

  /**
   * Imports a body, and gives the answers to its lines. It blocks. The import counts until they are
   * sent, for until then they are kept.
   *
   * @throws relata.api.problem.ProblemException 404 without such a collection, 503 if as many
   *     imports run as may, 413, 500 or 503 with the first line that is not stored if it had to
   *     stop
   */
  public Response run(String collection, RoutingContext routing, InputStream body, Lines lines)
      throws IOException {
    String tenant = Tenant.current();
    if (!permits.tryTake(tenant, maxOfTenant())) {
      throw Problem.unavailable(
              ProblemType.IMPORTS_TAKEN,
              "%d imports are running already, or %d of yours."
                  .formatted(config.maxImports(), maxOfTenant()),
              config.retryAfter())
          .exception();
    }
    boolean isImported = false;
    try {
      AnswerSpool answers = imported(collection, body, lines);
      isImported = true;
      return sent(answers, routing, tenant);
    } finally {
      if (!isImported) {
        permits.release(tenant);
      }
    }
  }

  /** Nobody has to be left any where access is open. */
  private int maxOfTenant() {
    return Caller.name(identity).isEmpty() ? config.maxImports() : config.maxImportsOfTenant();
  }

  private AnswerSpool imported(String name, InputStream body, Lines lines) throws IOException {
    FoundCollection collection = collections.named(name).await().atMost(config.batchTimeout());
    AnswerSpool answers =
        new AnswerSpool(
            Math.toIntExact(config.answersInMemory().asLongValue()),
            config.maxAnswers().asLongValue());
    try {
      lines.importInto(
          collection, new PacedInput(body, config, stop::isDue, System::nanoTime), answers);
      return answers;
    } catch (ImportFailure failure) {
      answers.close();
      LOG.warnf(
          "import stopped collection=%d line=%d cause=%s",
          collection.id(), failure.firstLine(), failure.getCause());
      throw stopped(failure).exception();
    } catch (PacedInput.TooSlow tooSlow) {
      answers.close();
      LOG.warnf("import ended collection=%d cause=%s", collection.id(), tooSlow.getMessage());
      throw Problem.invalid(
              null, tooSlow.getMessage() + " What was stored before stays; import again.")
          .exception();
    } catch (IOException brokenOff) {
      answers.close();
      throw Problem.invalid(null, "The body broke off; import again.").exception();
    } catch (RuntimeException failure) {
      answers.close();
      throw failure;
    }
  }

  private Response sent(AnswerSpool answers, RoutingContext routing, String tenant) {
    WatchedConnection client =
        WatchedConnection.watched(routing, config.stalledAfter(), () -> end(answers, tenant));
    client.sent();
    StreamingOutput output =
        target -> {
          answers.writeTo(
              target,
              () -> {
                client.settle();
                client.sent();
              });
          client.end();
        };
    return Response.ok(output).type(NDJSON).build();
  }

  private void end(AnswerSpool answers, String tenant) {
    permits.release(tenant);
    try {
      answers.close();
    } catch (IOException gone) {
      LOG.warnf("answers of an import were not deleted cause=%s", gone);
    }
  }

  private Problem stopped(ImportFailure failure) {
    if (failure.getCause() instanceof TooManyAnswers tooMany) {
      return Problem.of(
              ProblemType.TOO_LARGE,
              ("The answers to the lines before line %d, which were dealt with, are longer than %d"
                      + " bytes, and nothing from there on was stored. Import it in parts of fewer"
                      + " lines: what is stored already stays unchanged.")
                  .formatted(failure.firstLine(), tooMany.maxBytes()))
          .withLine(failure.firstLine());
    }
    String detail =
        ("The lines before line %d were dealt with, none from there on was stored. Import again:"
                + " what is stored already stays unchanged.")
            .formatted(failure.firstLine());
    Problem problem =
        failure.getCause() instanceof ServiceStopping || DatabaseFailures.isAway(failure)
            ? Problem.unavailable(ProblemType.IMPORT_STOPPED, detail, config.retryAfter())
            : Problem.of(ProblemType.IMPORT_FAILED, detail);
    return problem.withLine(failure.firstLine());
  }
}
