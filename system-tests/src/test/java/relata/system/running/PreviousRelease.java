package relata.system.running;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import relata.local.process.DirectoryTree;
import relata.local.process.ManagedProcess;
import relata.system.Project;

/**
 * The services of the release before this one, built from the commit that {@code previous-release}
 * names. It is built once for a clone and kept beside the data of local stacks, which no {@code
 * clean} deletes.
 */
record PreviousRelease(Path root) {
  private static final String MODULES = "schema,api-service,embedding-worker,graph-service";
  private static final long BUILD_MINUTES = 10;

  /** Builds it if it was not. A clone that does not have the commit ends the test, and says so. */
  static PreviousRelease find() throws IOException, InterruptedException {
    Path root = Project.root();
    String commit =
        Files.readAllLines(Project.module("system-tests").resolve("previous-release")).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .findFirst()
            .orElseThrow();
    Path folder = root.resolve(".relata/releases").resolve(commit);
    if (!Files.exists(folder.resolve("built"))) {
      Assumptions.assumeTrue(
          run(
                  root,
                  root.resolve("target/has-commit.log"),
                  "git cat-file -e " + commit + "^{commit}")
              == 0,
          "This clone lacks the commit of the previous release, " + commit + ": fetch it.");
      DirectoryTree.delete(folder);
      DirectoryTree.create(folder);
      Path log = folder.resolve("build.log");
      String script =
          "git archive %s | tar -x -C %s && cd %s && build() { ./mvnw -q -B -Dmaven.test.skip=true -pl %s -am package $1; }; build -o || build"
              .formatted(commit, folder, folder, MODULES);
      if (run(root, log, script) != 0) {
        throw new IllegalStateException(ManagedProcess.tail(log, 30));
      }
      Files.createFile(folder.resolve("built"));
    }
    return new PreviousRelease(folder);
  }

  /** Its migrations, for a class path that has Flyway. */
  String schema() {
    return root.resolve("schema/target/classes").toString();
  }

  private static int run(Path folder, Path log, String script)
      throws IOException, InterruptedException {
    Files.createDirectories(log.getParent());
    ProcessBuilder builder =
        new ProcessBuilder(List.of("bash", "-c", script))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    if (!process.waitFor(BUILD_MINUTES, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new IllegalStateException("It does not end: " + script);
    }
    return process.exitValue();
  }
}
