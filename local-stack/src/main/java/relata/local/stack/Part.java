package relata.local.stack;

import java.util.Arrays;
import java.util.List;

/** The programs of the stack that run on a JVM of their own. */
public enum Part {
  API("api-service", "api-service", 256, "/q/health/ready"),
  WORKER("embedding-worker", "embedding-worker", 160, "/q/health/ready"),
  /** Sketches of vectors and words are on the heap; the vectors themselves are outside of it. */
  GRAPH("graph-service", "graph-service", 768, "/q/health/ready"),
  /** The weights are outside of the heap. */
  MODEL("model-server", "local-stack", 256, "/api/version");

  /**
   * The vector engine's kernels; without the module they are slower, not wrong. They need the
   * second compiler, whatever the environment says: with the first one alone a vector takes ten
   * times as long to be put, because each vector of a kernel becomes an object.
   */
  private static final List<String> VECTOR_ARGUMENTS =
      List.of("--add-modules", "jdk.incubator.vector", "-XX:TieredStopAtLevel=4");

  /** Half of the heap is for what dies with its batch; what the C library keeps is given back. */
  private static final List<String> BATCH_ARGUMENTS =
      List.of("-XX:NewRatio=1", "-XX:TrimNativeHeapInterval=2000");

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

  /**
   * The part with this title.
   *
   * @throws IllegalArgumentException if none has it
   */
  public static Part titled(String title) {
    return Arrays.stream(values())
        .filter(part -> part.title.equals(title))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No part of the stack is a " + title));
  }

  /** As in the names of processes and log files. */
  public String title() {
    return title;
  }

  String module() {
    return module;
  }

  /** What its JVM is told besides what all are. */
  List<String> jvmArguments() {
    return switch (this) {
      case GRAPH -> VECTOR_ARGUMENTS;
      case WORKER -> BATCH_ARGUMENTS;
      case API, MODEL -> List.of();
    };
  }

  int heapMebibytes() {
    return heapMebibytes;
  }

  /** Answers 200 when the part can do its work. */
  String readyPath() {
    return readyPath;
  }
}
