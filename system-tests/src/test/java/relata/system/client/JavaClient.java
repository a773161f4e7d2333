package relata.system.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import relata.system.Project;

/** The Java client that is generated from the API's description, with Tour.java to use it. */
public final class JavaClient {
  private static final Path TOUR =
      Project.module("system-tests").resolve("src/test/clients/Tour.java");

  /** What the generated client asks for; Jackson and the annotations of Jakarta. */
  private static final String LIBRARIES = System.getProperty("java.class.path");

  private final Path classes;

  private JavaClient(Path classes) {
    this.classes = classes;
  }

  /** Generates and compiles it. */
  public static JavaClient make(Path description, Path folder)
      throws IOException, InterruptedException {
    ClientGenerator.generate(
        description,
        "java",
        List.of(
            "--library=native",
            "--additional-properties=openApiNullable=false,useJakartaEe=true",
            "--invoker-package=relata.client",
            "--api-package=relata.client.api",
            "--model-package=relata.client.model"),
        folder);
    Path classes = Files.createDirectories(folder.resolve("classes"));
    compile(sources(folder.resolve("src/main/java")), classes);
    return new JavaClient(classes);
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> sources = new ArrayList<>();
      files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      sources.add(TOUR);
      return sources;
    }
  }

  private static void compile(List<Path> sources, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  complaints,
                  files,
                  null,
                  List.of("-proc:none", "-d", classes.toString(), "-cp", LIBRARIES),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertTrue(compiled, complaints::toString);
    }
  }

  /** What Tour.java prints when it goes round an API. */
  public List<String> tour(String url, String collection, String key)
      throws IOException, InterruptedException {
    return Command.run(
        classes,
        List.of(
            ClientGenerator.java(),
            "-cp",
            classes + ":" + LIBRARIES,
            "Tour",
            url,
            collection,
            key));
  }
}
