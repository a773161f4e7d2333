package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import relata.system.client.JavaClient;
import relata.system.client.TypeScriptClient;
import relata.system.running.SharedStack.Running;

/**
 * Clients that are generated from what a running api-service says of itself compile, and get along
 * with it: what they send is taken, what is answered is read, problems too.
 */
@ExtendWith(SharedStack.class)
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

  private static Running running;
  private static Path description;

  @BeforeAll
  static void use(Running shared) throws IOException {
    running = shared;
    Response described = running.api().json().queryParam("format", "json").get("/q/openapi");
    described.then().statusCode(200);
    description = Files.write(folder.resolve("openapi.json"), described.asByteArray());
  }

  @Test
  void generatedJavaClientCompilesAndIsUnderstood() throws Exception {
    assertEquals(
        onTheWay("Foxes markdown {year=2026}"),
        JavaClient.make(description, folder.resolve("java"))
            .tour(running.api().url(), "clients-java", "none"));
  }

  @Test
  void generatedTypeScriptClientCompilesAndIsUnderstood() throws Exception {
    assertEquals(
        onTheWay("Foxes markdown {\"year\":2026}"),
        TypeScriptClient.make(description, folder.resolve("typescript"))
            .tour(running.api().url(), "clients-typescript", "none"));
  }

  /** Only objects of any form are printed as the language has them. */
  private static List<String> onTheWay(String document) {
    List<String> lines = new ArrayList<>(List.of(ON_THE_WAY));
    lines.add(2, document);
    return lines;
  }
}
