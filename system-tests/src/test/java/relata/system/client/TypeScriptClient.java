package relata.system.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import relata.local.tool.Tool;
import relata.system.Project;

/** The TypeScript client that is generated from the API's description, with Tour.ts to use it. */
public final class TypeScriptClient {
  private static final Path TOUR =
      Project.module("system-tests").resolve("src/test/clients/Tour.ts");

  /** Comes from Maven, for the one of Debian 12 is older than what is generated. */
  private static final Path COMPILER =
      Project.module("system-tests").resolve("target/client-tools/typescript/tsc.js");

  /** Version 18 or newer, the first that has fetch. */
  private static final Tool NODE =
      new Tool("node", "nodejs", "NODE", "elsewhere: https://nodejs.org");

  private final Path program;

  private TypeScriptClient(Path program) {
    this.program = program;
  }

  /** Generates, checks and compiles it. */
  public static TypeScriptClient make(Path description, Path folder)
      throws IOException, InterruptedException {
    ClientGenerator.generate(description, "typescript-fetch", List.of(), folder);
    Files.copy(TOUR, folder.resolve("Tour.ts"));
    Command.run(
        folder,
        List.of(
            NODE.find().toString(),
            COMPILER.toString(),
            "--strict",
            "--target",
            "es2022",
            "--module",
            "nodenext",
            "--lib",
            "es2022,dom",
            "--outDir",
            "compiled",
            "Tour.ts"));
    return new TypeScriptClient(folder.resolve("compiled/Tour.js"));
  }

  /** What Tour.ts prints when it goes round an API. */
  public List<String> tour(String url, String collection, String key)
      throws IOException, InterruptedException {
    return Command.run(
        program.getParent(),
        List.of(NODE.find().toString(), program.toString(), url, collection, key));
  }
}
