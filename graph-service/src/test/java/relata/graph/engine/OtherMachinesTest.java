package relata.graph.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import relata.graph.vector.Effort;

/** Processors with narrower registers than this one's, and a JVM without vectors, find the same. */
class OtherMachinesTest {
  private static final long SECONDS = 60;

  /** So many that they are sketched. */
  private static final int DOCUMENTS = 2 * Settings.STANDARD.sketchedRows();

  /** Searches in a process of its own, and prints with what, and what was found. */
  public static final class Searching {
    private Searching() {}

    public static void main(String[] unused) {
      Kernels kernels = Kernels.best();
      System.out.println(kernels.getClass().getSimpleName());
      System.out.println(found(kernels));
    }
  }

  @Test
  void withoutTheModuleOfVectors() throws Exception {
    assertEquals(List.of("PlainKernels", found(Kernels.best())), answer(List.of()));
  }

  @Test
  void withNarrowerRegisters() throws Exception {
    assertEquals(
        List.of("SimdKernels", found(Kernels.best())),
        answer(List.of("--add-modules=jdk.incubator.vector", "-XX:MaxVectorSize=16")));
  }

  private static String found(Kernels kernels) {
    Clusters clusters = new Clusters(2 * Settings.STANDARD.principal(), 8, 7);
    SketchIndex index =
        new SketchIndex(Optional.empty(), Runnable::run, Settings.STANDARD, kernels);
    index.apply(
        IntStream.range(0, DOCUMENTS).mapToObj(id -> clusters.document(id, 1)).toList(), List.of());
    StringBuilder all = new StringBuilder();
    for (int query = 0; query < 20; query++) {
      index
          .nearest(clusters.vector(), 10, Effort.CERTAIN)
          .forEach(hit -> all.append(hit.documentId()).append(':').append(hit.similarity()));
    }
    return all.toString();
  }

  private static List<String> answer(List<String> options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Searching.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      List<String> lines = lines(process);
      assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue());
      return lines;
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> lines(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .toList();
  }
}
