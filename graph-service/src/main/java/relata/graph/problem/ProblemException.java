package relata.graph.problem;

/** Ends a request with a problem that the caller can understand. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final String type;
  private final int status;
  private final String title;
  private final String field;

  private ProblemException(int status, String title, String detail) {
    this(Problem.UNTYPED, status, title, detail);
  }

  private ProblemException(String type, int status, String title, String detail) {
    this(type, status, title, detail, null);
  }

  private ProblemException(String type, int status, String title, String detail, String field) {
    super(detail);
    this.field = field;
    this.type = type;
    this.status = status;
    this.title = title;
  }

  /** 400: a field of the request is wrong; the detail says what to do. */
  public static ProblemException badField(String field, String detail) {
    return new ProblemException(
        Problem.UNTYPED, 400, "Bad Request", "Field \"%s\" %s.".formatted(field, detail), field);
  }

  /** 403: not for this caller, whatever it asks. */
  public static ProblemException forbidden(String detail) {
    return new ProblemException(403, "Forbidden", detail);
  }

  /** 404: there is no such generation, or nothing is left of it. */
  public static ProblemException unknownGeneration(long generationId) {
    return new ProblemException(
        404,
        "Unknown generation",
        "There is no generation %d, or it was erased.".formatted(generationId));
  }

  /** 404: the generation has no such run. */
  public static ProblemException unknownRun(long run) {
    return new ProblemException(
        "urn:relata:problem:unknown-run", 404, "Unknown run", "There is no run %d.".formatted(run));
  }

  /** 409: not as things stand; the detail says why. */
  public static ProblemException conflict(String detail) {
    return new ProblemException(409, "Conflict", detail);
  }

  /** 422: the request is well formed and will never work. */
  public static ProblemException refused(String detail) {
    return new ProblemException(422, "Text refused", detail);
  }

  /** 503: all that is here is fine, but there is no model to ask; the detail says why. */
  public static ProblemException modelAway(String detail) {
    return new ProblemException(
        "urn:relata:problem:model-away", 503, "Service Unavailable", detail);
  }

  /** 503: as many graphs are being sent as a whole as may. */
  public static ProblemException exportsTaken(int most) {
    return new ProblemException(
        "urn:relata:problem:exports-taken",
        503,
        "Service Unavailable",
        "%d exports are running already. Try again later.".formatted(most));
  }

  /** 503: the same request may work later. */
  public static ProblemException unavailable(String detail) {
    return new ProblemException(503, "Service Unavailable", detail);
  }

  Problem problem() {
    return new Problem(type, title, status, getMessage(), field);
  }
}
