package relata.api.problem;

import java.util.Locale;

/** The kinds of problems that the API answers with: what programs tell them apart by. */
public enum ProblemType {
  INVALID_INPUT(400, "Invalid input", "A field, parameter or header is wrong; errors names it"),
  INVALID_JSON(400, "Invalid JSON", "The body is no JSON"),
  REFUSED(400, "Request refused", "The request was refused for a reason that has no type"),
  NOT_AUTHENTICATED(401, "Not authenticated", "There is no key, or it is wrong, or has ended"),
  SCOPE_MISSING(403, "Forbidden", "The key has not the scope that the operation needs"),
  UNKNOWN_PATH(404, "Not found", "There is nothing at this path"),
  UNKNOWN_COLLECTION(404, "Not found", "There is no such collection"),
  UNKNOWN_DOCUMENT(404, "Not found", "There is no such document"),
  UNKNOWN_GENERATION(404, "Not found", "The collection has no such generation"),
  UNKNOWN_QUERY(404, "Not found", "There is no such stored query"),
  UNKNOWN_PROMPT(404, "Not found", "There is no such prompt"),
  UNKNOWN_PROFILE(404, "Not found", "The configuration has no such profile"),
  UNKNOWN_RUN(404, "Not found", "The collection's index has no such run"),
  UNKNOWN_DEAD_LETTER(404, "Not found", "It was replayed, edited or deleted, or never was"),
  UNKNOWN_KEY(404, "Not found", "The tenant has no such key that still works"),
  METHOD_NOT_ALLOWED(405, "Method not allowed", "This path has other methods; Allow names them"),
  NOT_ACCEPTABLE(406, "Not acceptable", "Accept names no media type that is produced here"),
  NAME_TAKEN(409, "Conflict", "The name stands for something else already"),
  UNKNOWN_MODEL(409, "Conflict", "The model server does not have a model of the recipe"),
  GENERATION_STATE(409, "Conflict", "The generation's state, or what it lacks, does not allow it"),
  GATE_NOT_PASSED(409, "Conflict", "The generation is below its gate; detail says in what"),
  TAKES_NO_CHUNKS(409, "Conflict", "No generation, or not this one, takes chunks of clients"),
  VERSION_CONFLICT(409, "Conflict", "The document has another version"),
  TOO_MANY_QUERIES(409, "Conflict", "The collection has as many queries as it may"),
  TOO_MANY_KEYS(409, "Conflict", "The tenant has as many keys as it may"),
  INDEX_STATE(409, "Conflict", "The index cannot be tuned or undone now; detail says why"),
  PRECONDITION_FAILED(412, "Precondition failed", "If-Match or If-None-Match does not hold"),
  TOO_LARGE(413, "Content too large", "The body is too large; detail says how large it may be"),
  UNSUPPORTED_MEDIA_TYPE(
      415, "Unsupported media type", "The body has a type that is not read here"),
  KEY_REUSED(422, "Unprocessable content", "The Idempotency-Key was sent with another request"),
  TOO_MANY_REQUESTS(
      429,
      "Too many requests",
      "The caller sends more than its rate; Retry-After says when to go on"),
  INTERNAL(500, "Internal error", "The service failed; its log says why"),
  IMPORT_FAILED(500, "Internal error", "The import ended at a line, for a fault of the service"),
  DATABASE_AWAY(503, "Temporarily unavailable", "The database cannot be reached"),
  ISSUER_AWAY(503, "Temporarily unavailable", "The issuer of tokens cannot be reached"),
  GRAPH_AWAY(503, "Temporarily unavailable", "graph-service cannot answer"),
  GRAPH_BEHIND(503, "Temporarily unavailable", "graph-service does not know what is served"),
  MEMORY_TAKEN(503, "Temporarily unavailable", "graph-service has no memory for the index now"),
  MODEL_AWAY(503, "Temporarily unavailable", "The model that the search needs cannot answer"),
  MODELS_AWAY(503, "Temporarily unavailable", "No embedding-worker answers"),
  COMPARISON_AWAY(503, "Temporarily unavailable", "graph-service cannot compare generations"),
  IMPORT_STOPPED(503, "Temporarily unavailable", "The import ended at a line; import again"),
  IMPORTS_TAKEN(503, "Temporarily unavailable", "As many imports run as may"),
  EXPORTS_TAKEN(503, "Temporarily unavailable", "As many graphs are exported as may"),
  CHUNKS_TAKEN(503, "Temporarily unavailable", "As many clients bring chunks as may"),
  LISTENERS_TAKEN(503, "Temporarily unavailable", "As many clients listen as may");

  private final int status;
  private final String title;
  private final String meaning;

  ProblemType(int status, String title, String meaning) {
    this.status = status;
    this.title = title;
    this.meaning = meaning;
  }

  /** HTTP status that it is answered with. */
  public int status() {
    return status;
  }

  /** Stable URN, for programs. */
  public String urn() {
    return "urn:relata:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What has happened, for the description of the API. */
  public String meaning() {
    return meaning;
  }

  /** Heads every problem of the kind, for people. */
  String title() {
    return title;
  }
}
