package relata.local.stack;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the project's folders and what was built are.
 *
 * @param root the folder with {@code mvnw} and the modules
 */
public record ProjectLayout(Path root) {
  /** Variable with more options of all JVMs that are started here, separated by spaces. */
  private static final String JVM_OPTIONS = "RELATA_JVM_OPTIONS";

  public ProjectLayout {
    root = root.toAbsolutePath().normalize();
  }

  /**
   * Looks upwards from this module's build output, then from the working folder.
   *
   * @throws StackException if neither is inside the project
   */
  public static ProjectLayout find() {
    return above(buildOutput())
        .or(() -> above(Path.of("").toAbsolutePath()))
        .map(ProjectLayout::new)
        .orElseThrow(
            () -> new StackException("Run this inside the project: no folder above has mvnw."));
  }

  /** The data folder of a command that was given none. */
  public Path dataFolder(String name) {
    return dataFolders().resolve(name);
  }

  /** Where the data folders are, and the pointers to those that lie elsewhere. */
  public Path dataFolders() {
    return root.resolve(".relata");
  }

  /**
   * The command that runs a part.
   *
   * @throws StackException if it has not been built
   */
  List<String> command(Part part, int heapMebibytes, int port, ModelProgram model) {
    List<String> command = java(part, heapMebibytes);
    switch (part) {
      case API, WORKER, GRAPH -> {
        command.add("-jar");
        command.add(serviceJar(part).toString());
      }
      case MODEL -> {
        command.add("-cp");
        command.add(classes() + File.pathSeparator + libraries() + "/*");
        command.addAll(model.command(port));
      }
    }
    return command;
  }

  /**
   * The command that runs a service with its usual heap, from what an earlier start has loaded if
   * that was kept (docs/adr/0033).
   *
   * @throws IllegalArgumentException if the part is no service
   * @throws StackException if it has not been built
   */
  public List<String> service(Part service) {
    return service(service, service.heapMebibytes());
  }

  /** The same with another heap. */
  public List<String> service(Part service, int heapMebibytes) {
    return startCache(service, heapMebibytes).command();
  }

  /**
   * What a service is started from, if it was made for how the service is built now.
   *
   * @throws StackException if it has not been built
   */
  StartCache startCache(Part service, int heapMebibytes) {
    if (service == Part.MODEL) {
      throw new IllegalArgumentException("The model server is no service.");
    }
    List<String> command = command(service, heapMebibytes, 0, new ModelProgram.Real());
    return StartCache.of(command, serviceJar(service));
  }

  /**
   * The command that runs another program than the service with what a service is made of.
   *
   * @param ahead class path that comes first, or empty
   * @throws StackException if it has not been built
   */
  public List<String> program(Part service, int heapMebibytes, String ahead, String mainClass) {
    Path folder = serviceJar(service).getParent();
    List<String> command = java(service, heapMebibytes);
    command.add("-cp");
    command.add(
        Stream.of(
                ahead,
                folder.resolve("app/*").toString(),
                // What the build made of it, such as what reads its configuration.
                folder.resolve("quarkus/*").toString(),
                folder.resolve("lib/main/*").toString(),
                folder.resolve("lib/boot/*").toString())
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(mainClass);
    return command;
  }

  /**
   * The class path of what the bench compares with.
   *
   * @throws StackException if it has not been built
   */
  public String peers() {
    Path output = root.resolve("bench-peers/target");
    if (!Files.exists(output.resolve("lib"))) {
      throw new StackException(
          output + " is not there: build it with ./mvnw -Ppeers -pl bench-peers -am package.");
    }
    return output.resolve("classes") + File.pathSeparator + output.resolve("lib") + "/*";
  }

  private static List<String> java(Part part, int heapMebibytes) {
    return java(part, heapMebibytes, System.getenv().getOrDefault(JVM_OPTIONS, ""));
  }

  /**
   * @param more options, separated by spaces
   */
  static List<String> java(Part part, int heapMebibytes, String more) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Small and quiet: several JVMs share a developer's machine.
    command.add("-XX:+UseSerialGC");
    command.add("-XX:+UseCompactObjectHeaders");
    command.add("-Xmx" + heapMebibytes + "m");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    if (!more.isBlank()) {
      command.addAll(List.of(more.strip().split("\\s+")));
    }
    command.addAll(part.jvmArguments());
    return command;
  }

  /**
   * Looks for the build's output before anything is started.
   *
   * @throws StackException naming what is missing
   */
  void requireBuilt(boolean withModelServer, boolean withGraphService) {
    serviceJar(Part.API);
    serviceJar(Part.WORKER);
    if (withGraphService) {
      serviceJar(Part.GRAPH);
    }
    if (withModelServer) {
      classes();
      libraries();
    }
  }

  private Path serviceJar(Part part) {
    return built(root.resolve(part.module()).resolve("target/quarkus-app/quarkus-run.jar"));
  }

  private Path classes() {
    return built(root.resolve("local-stack/target/classes"));
  }

  private Path libraries() {
    return built(root.resolve("local-stack/target/lib"));
  }

  private static Path built(Path output) {
    if (!Files.exists(output)) {
      throw new StackException(
          output + " is not there: build it with ./mvnw -DskipTests package, or use ./relata.");
    }
    return output;
  }

  private static Path buildOutput() {
    try {
      return Path.of(
          ProjectLayout.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Optional<Path> above(Path start) {
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("mvnw"))
          && Files.isDirectory(folder.resolve("local-stack"))) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }
}
