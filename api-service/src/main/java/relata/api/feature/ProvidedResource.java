package relata.api.feature;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import relata.api.access.Scope;
import relata.api.collection.CollectionLookup;
import relata.api.collection.FoundCollection;
import relata.api.document.ExternalId;
import relata.api.json.LimitedInput;
import relata.api.problem.Parameters;
import relata.api.problem.Problem;
import relata.api.problem.ProblemType;

/**
 * Takes chunks and vectors from clients. It runs on a virtual thread, since vectors are large: they
 * are read as they come, and never held as text.
 */
@Path("/v1/collections")
@Tag(name = "Features")
final class ProvidedResource {
  private final ProvidedConfig config;
  private final CollectionLookup collections;
  private final ClientGenerations generations;
  private final ProvidedStore store;
  private final ObjectReader reader;
  private final Semaphore permits;

  ProvidedResource(
      ProvidedConfig config,
      CollectionLookup collections,
      ClientGenerations generations,
      ProvidedStore store,
      ObjectMapper json) {
    this.config = config;
    this.collections = collections;
    this.generations = generations;
    this.store = store;
    this.reader = json.readerFor(ProvidedBody.class).with(StreamReadFeature.USE_FAST_DOUBLE_PARSER);
    this.permits = new Semaphore(config.maxRequests());
  }

  @PUT
  @Path("/{collection}/documents/{id}/features")
  @RolesAllowed(Scope.WRITE)
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @Operation(
      operationId = "putFeatures",
      summary = "Bring a document's chunks with their vectors, in place of those before")
  @RequestBody(content = @Content(schema = @Schema(implementation = ProvidedBody.class)))
  @APIResponse(responseCode = "200", description = "Stored, or unchanged; see outcome")
  @APIResponse(responseCode = "400", description = "The problem names chunk and field")
  @APIResponse(
      responseCode = "409",
      description = "The document has another version, or the generation takes no chunks")
  public ProvidedView put(
      @RestPath String collection,
      @RestPath String id,
      @QueryParam("generation")
          @Parameter(description = "The one that takes chunks, if it is left out and the only one")
          String generation,
      InputStream body)
      throws IOException {
    String document = ExternalId.checked(id);
    Long wanted = Parameters.identity("generation", generation);
    if (!permits.tryAcquire()) {
      throw Problem.unavailable(
              ProblemType.CHUNKS_TAKEN,
              "Too many clients bring chunks at once.",
              config.retryAfter())
          .exception();
    }
    try {
      return put(collection, document, wanted, body);
    } finally {
      permits.release();
    }
  }

  private ProvidedView put(String name, String document, Long wanted, InputStream body)
      throws IOException {
    FoundCollection collection = collections.named(name).await().atMost(config.timeout());
    ClientGeneration generation =
        generations.of(collection, wanted).await().atMost(config.timeout());
    ProvidedBody provided = read(body).checked(generation.dimension(), config);
    return store.put(collection, generation, document, provided).await().atMost(config.timeout());
  }

  private ProvidedBody read(InputStream body) throws IOException {
    InputStream limited =
        new LimitedInput(body, config.maxBody(), "The body is larger than %d bytes."::formatted);
    try {
      ProvidedBody provided = reader.readValue(limited);
      if (provided != null) {
        return provided;
      }
    } catch (JsonProcessingException malformed) {
      throw malformed;
    } catch (IOException brokenOff) {
      throw Problem.invalid(null, "The body broke off; send it again.").exception();
    }
    throw Problem.invalid(null, "Send a JSON object with version and chunks.").exception();
  }
}
