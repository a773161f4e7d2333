package relata.local.stack;

/** The programs of the stack that run on a JVM of their own. */
public enum Part {
  API("api-service", "api-service", 256, "/q/health/ready"),
  WORKER("embedding-worker", "embedding-worker", 160, "/q/health/ready"),
  /** Keeps all vectors in memory. */
  GRAPH("graph-service", "graph-service", 1280, "/q/health/ready"),
  /** The weights are outside of the heap. */
  MODEL("model-server", "local-stack", 256, "/api/version");

  private final String title;
  private final String module;
  private final int heapMebibytes;
  private final String readyPath;

  Part(String title, String module, int heapMebibytes, String readyPath) {
    this.title = title;
    this.module = module;
    this.heapMebibytes = heapMebibytes;
    this.readyPath = readyPath;
  }

  /** As in the names of processes and log files. */
  public String title() {
    return title;
  }

  String module() {
    return module;
  }

  int heapMebibytes() {
    return heapMebibytes;
  }

  /** Answers 200 when the part can do its work. */
  String readyPath() {
    return readyPath;
  }
}
