package relata.api.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

@Path("/v1/collections")
@Tag(name = "Queries")
final class QueryBulkResource {
  private static final String NDJSON = "application/x-ndjson";

  private final QueryImport imports;
  private final ObjectMapper mapper;

  QueryBulkResource(QueryImport imports, ObjectMapper mapper) {
    this.imports = imports;
    this.mapper = mapper;
  }

  @POST
  @Path("/{collection}/queries:bulk")
  @Consumes(NDJSON)
  @Produces(NDJSON)
  @Operation(summary = "Store queries, one JSON object a line; answers one line for each")
  @RequestBody(
      content = @Content(mediaType = NDJSON, schema = @Schema(implementation = QueryLine.class)))
  @APIResponse(
      responseCode = "200",
      description = "Every line was dealt with; those that are wrong are rejected one by one",
      content = @Content(mediaType = NDJSON, schema = @Schema(implementation = QueryAnswer.class)))
  @APIResponse(responseCode = "404", description = "There is no such collection")
  @APIResponse(responseCode = "409", description = "The collection has too many queries")
  public Uni<String> bulk(@RestPath String collection, String lines) {
    return imports.run(collection, lines).map(this::lines);
  }

  private String lines(List<QueryAnswer> answers) {
    StringBuilder lines = new StringBuilder();
    for (QueryAnswer answer : answers) {
      try {
        lines.append(mapper.writeValueAsString(answer)).append('\n');
      } catch (JsonProcessingException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
    return lines.toString();
  }
}
