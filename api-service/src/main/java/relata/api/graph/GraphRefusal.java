package relata.api.graph;

import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/**
 * Why graph-service did not answer a question. Only of what users can act on its words are kept.
 */
sealed interface GraphRefusal {
  /** It does not know the generation. */
  record Unknown() implements GraphRefusal {}

  /** The model refused the text. */
  record Text(String reason) implements GraphRefusal {}

  /** A field of the question is wrong in a way that only graph-service knows of. */
  record Field(String name, String reason) implements GraphRefusal {}

  /** It is fine, the model that it needs is not. */
  record ModelAway(String reason) implements GraphRefusal {}

  /** The index does not fit into its memory beside those in use. */
  record MemoryTaken() implements GraphRefusal {}

  /** Not as things stand. */
  record Conflict(String reason) implements GraphRefusal {}

  /** It does not know the run. */
  record UnknownRun(String reason) implements GraphRefusal {}

  /** It is away, or it failed. */
  record Away() implements GraphRefusal {}

  /** Tells them apart by the problem that graph-service answered, if it did. */
  static GraphRefusal of(Throwable failure) {
    if (!(failure instanceof WebApplicationException answered)) {
      return new Away();
    }
    Response response = answered.getResponse();
    int status = response.getStatus();
    return switch (status) {
      case 400 -> {
        JsonObject problem = problem(response);
        yield problem.containsKey("field")
            ? new Field(problem.getString("field"), problem.getString("detail", "It is wrong."))
            : new Away();
      }
      case 404 -> {
        JsonObject problem = problem(response);
        yield "urn:relata:problem:unknown-run".equals(problem.getString("type"))
            ? new UnknownRun(problem.getString("detail", "There is no such run."))
            : new Unknown();
      }
      case 409 -> new Conflict(problem(response).getString("detail", "It cannot be done now."));
      case 422 -> new Text(problem(response).getString("detail", "The text was refused."));
      case 503 -> {
        JsonObject problem = problem(response);
        yield switch (problem.getString("type", "")) {
          case "urn:relata:problem:model-away" ->
              new ModelAway(problem.getString("detail", "The embedding model is away."));
          case "urn:relata:problem:memory-taken" -> new MemoryTaken();
          default -> new Away();
        };
      }
      default -> new Away();
    };
  }

  private static JsonObject problem(Response response) {
    try {
      return new JsonObject(response.readEntity(String.class));
    } catch (RuntimeException unreadable) {
      return new JsonObject();
    }
  }
}
