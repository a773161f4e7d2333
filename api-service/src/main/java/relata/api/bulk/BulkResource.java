package relata.api.bulk;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;
import relata.api.collection.CollectionLookup;
import relata.api.collection.FoundCollection;
import relata.api.problem.DatabaseFailures;
import relata.api.problem.Problem;

/**
 * Imports of any length. They run on a virtual thread: reading a body piece by piece and storing it
 * is a long sequence of waits, which is best written as one.
 */
@Path("/v1/collections")
@Tag(name = "Documents")
final class BulkResource {
  private static final Logger LOG = Logger.getLogger(BulkResource.class);
  private static final String NDJSON = "application/x-ndjson";

  private final BulkConfig config;
  private final CollectionLookup collections;
  private final BulkImport imports;
  private final Semaphore permits;

  BulkResource(BulkConfig config, CollectionLookup collections, BulkImport imports) {
    this.config = config;
    this.collections = collections;
    this.imports = imports;
    this.permits = new Semaphore(config.maxImports());
  }

  @POST
  @Path("/{collection}/documents:bulk")
  @Consumes(NDJSON)
  @Produces(NDJSON)
  @RunOnVirtualThread
  @Operation(summary = "Import documents, one JSON object a line; answers one line for each")
  @RequestBody(
      content = @Content(mediaType = NDJSON, schema = @Schema(implementation = BulkLine.class)))
  @APIResponse(
      responseCode = "200",
      description = "Every line was dealt with; those that are wrong are rejected one by one",
      content = @Content(mediaType = NDJSON, schema = @Schema(implementation = BulkAnswer.class)))
  @APIResponse(responseCode = "404", description = "There is no such collection")
  @APIResponse(responseCode = "503", description = "Stored up to a line; import again")
  public Response bulk(@RestPath String collection, InputStream body) throws IOException {
    if (!permits.tryAcquire()) {
      throw Problem.unavailable(
              "imports-taken",
              "%d imports are running already.".formatted(config.maxImports()),
              config.retryAfter())
          .exception();
    }
    try {
      return imported(collection, body);
    } finally {
      permits.release();
    }
  }

  private Response imported(String name, InputStream body) throws IOException {
    FoundCollection collection = collections.named(name).await().atMost(config.batchTimeout());
    AnswerSpool answers = new AnswerSpool(Math.toIntExact(config.answersInMemory().asLongValue()));
    try {
      imports.run(collection, body, answers);
    } catch (ImportFailure failure) {
      answers.close();
      LOG.warnf(
          "import stopped collection=%d line=%d cause=%s",
          collection.id(), failure.firstLine(), failure.getCause());
      throw stopped(failure).exception();
    } catch (IOException brokenOff) {
      answers.close();
      throw Problem.invalid(null, "The body broke off; import again.").exception();
    } catch (RuntimeException failure) {
      answers.close();
      throw failure;
    }
    return Response.ok((StreamingOutput) target -> send(answers, target)).type(NDJSON).build();
  }

  private static void send(AnswerSpool answers, OutputStream target) throws IOException {
    try (answers) {
      answers.writeTo(target);
    }
  }

  private Problem stopped(ImportFailure failure) {
    String detail =
        ("The lines before line %d were dealt with, none from there on was stored. Import again:"
                + " what is stored already stays unchanged.")
            .formatted(failure.firstLine());
    Problem problem =
        DatabaseFailures.isAway(failure)
            ? Problem.unavailable("import-stopped", detail, config.retryAfter())
            : Problem.of("import-stopped", "Internal error", 500, detail);
    return problem.withLine(failure.firstLine());
  }
}
