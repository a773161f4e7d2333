package relata.api.openapi;

import java.util.List;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import relata.api.problem.ProblemType;

/** An operation of the API, with what can go wrong there. */
record Operated(String path, HttpMethod method, Operation operation) {
  /** Whether the operation may answer with this. */
  boolean mayAnswer(ProblemType type) {
    return switch (type) {
      case INVALID_INPUT, NOT_AUTHENTICATED, SCOPE_MISSING, TOO_MANY_REQUESTS, INTERNAL -> true;
      // Nothing, or no operation, is at fault: these are of the whole API.
      case REFUSED, UNKNOWN_PATH, METHOD_NOT_ALLOWED, NOT_ACCEPTABLE -> false;
      case INVALID_JSON -> hasBody() && !isImport();
      case TOO_LARGE, UNSUPPORTED_MEDIA_TYPE -> hasBody();
      // Also of what needs neither itself: keys are in the one, and tokens are the other's.
      case DATABASE_AWAY, ISSUER_AWAY -> true;
      case KEY_REUSED -> takes("Idempotency-Key");
      case PRECONDITION_FAILED -> takes("If-Match");
      case UNKNOWN_COLLECTION -> takes("collection");
      case UNKNOWN_GENERATION -> takes("generation");
      case UNKNOWN_DOCUMENT ->
          (path.contains("/documents/{id}") && !isPut("/documents/{id}"))
              || ends("/search")
              || (isOfGraph() && (takes("around") || takes("from") || takes("of")));
      case UNKNOWN_QUERY -> ends("/queries/{name}") && method != HttpMethod.PUT;
      case UNKNOWN_PROMPT -> ends("/prompts/{name}");
      case UNKNOWN_PROFILE -> takes("profile");
      case UNKNOWN_DEAD_LETTER -> path.contains("/dead-letters/{id}");
      case NAME_TAKEN -> isPost("/collections") || isPost("/prompts");
      case UNKNOWN_MODEL -> isPost("/collections") || isPut("/recipe");
      case GENERATION_STATE -> path.contains("/generations/{generation}/");
      case GATE_NOT_PASSED -> isPost("/switch");
      case COMPARISON_AWAY -> isPost("/switch") || isPost("/evaluate");
      case TAKES_NO_CHUNKS, VERSION_CONFLICT, CHUNKS_TAKEN -> isPut("/features");
      case TOO_MANY_QUERIES -> isPut("/queries/{name}");
      case UNKNOWN_KEY -> takes("key");
      case TOO_MANY_KEYS -> isPost("/keys") || isPost("/rotate");
      case UNKNOWN_RUN -> takes("run");
      case INDEX_STATE -> isPost("/tune") || isPost("/undo") || ends("/replay");
      case GRAPH_AWAY, GRAPH_BEHIND ->
          ends("/search") || isOfGraph() || ends("/neighbors") || isOfIndex();
      case MEMORY_TAKEN -> ends("/search") || ends("/neighbors") || ends("/graph/path");
      case MODEL_AWAY -> ends("/search");
      case MODELS_AWAY -> isOfModels();
      case IMPORT_FAILED, IMPORT_STOPPED, IMPORTS_TAKEN -> isImport();
      case EXPORTS_TAKEN -> ends("/graph/export");
      case LISTENERS_TAKEN -> ends("/events");
    };
  }

  private boolean hasBody() {
    return operation.getRequestBody() != null;
  }

  private boolean isImport() {
    return ends(":bulk");
  }

  private boolean isOfGraph() {
    return path.contains("/{collection}/graph");
  }

  private boolean isOfModels() {
    return path.startsWith("/v1/models");
  }

  private boolean isOfIndex() {
    return path.contains("/{collection}/index") && method != HttpMethod.PUT;
  }

  private boolean takes(String parameter) {
    List<Parameter> parameters = operation.getParameters();
    return parameters != null
        && parameters.stream().anyMatch(one -> parameter.equals(one.getName()));
  }

  private boolean ends(String end) {
    return path.endsWith(end);
  }

  private boolean isPost(String end) {
    return method == HttpMethod.POST && ends(end);
  }

  private boolean isPut(String end) {
    return method == HttpMethod.PUT && ends(end);
  }
}
