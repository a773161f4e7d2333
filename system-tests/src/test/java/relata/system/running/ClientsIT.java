package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.local.stack.RelataStack;
import relata.system.Guide;
import relata.system.Project;
import relata.system.client.JavaClient;
import relata.system.client.TypeScriptClient;

/**
 * Clients that are generated from what a running api-service says of itself compile, and get along
 * with it: what they send is taken, what is answered is read, problems too. They come with a key,
 * as somebody is given one, for nobody gets in without.
 */
final class ClientsIT {
  /** What is printed on the way, in both languages. */
  private static final String[] ON_THE_WAY = {
    "neighbors 3",
    "created version 1",
    "listed 1",
    "found notes/red fox.md true",
    "404 urn:relata:problem:unknown-document []",
    "400 urn:relata:problem:invalid-input [name]",
    "404 urn:relata:problem:unknown-collection []"
  };

  @TempDir private static Path folder;

  private static RelataStack stack;
  private static Path description;
  private static String key;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    stack = Operator.startStack(folder);
    Api.json(stack.url()).get("/v1/collections").then().statusCode(401);
    key = madeKey();
    Response described = Api.json(stack.url()).queryParam("format", "json").get("/q/openapi");
    described.then().statusCode(200);
    description = Files.write(folder.resolve("openapi.json"), described.asByteArray());
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void generatedJavaClientCompilesAndIsUnderstood() throws Exception {
    assertEquals(
        onTheWay("Foxes markdown {year=2026}"),
        JavaClient.make(description, folder.resolve("java"))
            .tour(stack.url(), "clients-java", key));
  }

  @Test
  void generatedTypeScriptClientCompilesAndIsUnderstood() throws Exception {
    assertEquals(
        onTheWay("Foxes markdown {\"year\":2026}"),
        TypeScriptClient.make(description, folder.resolve("typescript"))
            .tour(stack.url(), "clients-typescript", key));
  }

  /** The key stands alone in the first line. */
  private static String madeKey() throws IOException, InterruptedException {
    return Guide.run(
            "./relata keys create --tenant tours --name tour --scope read --scope write",
            Project.root(),
            Map.of("RELATA_URL", stack.url(), "RELATA_API_KEY", Operator.KEY))
        .lines()
        .findFirst()
        .orElseThrow();
  }

  /** Only objects of any form are printed as the language has them. */
  private static List<String> onTheWay(String document) {
    List<String> lines = new ArrayList<>(List.of(ON_THE_WAY));
    lines.add(2, document);
    return lines;
  }
}
