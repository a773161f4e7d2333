package relata.system.running;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import relata.local.stack.Part;
import relata.local.stack.RelataStack;
import relata.local.stack.StackOptions;

/** Who makes the first keys where the API is not open. */
final class Operator {
  private static final String SECRET = "ab".repeat(32);

  /** What the operator shows. */
  static final String KEY = "rk_operator_" + SECRET;

  private Operator() {}

  /** Writes the file that {@code RELATA_OPERATOR_FILE} names. */
  static Path file(Path folder) throws IOException {
    return Files.writeString(folder.resolve("operator.sha256"), hash());
  }

  /** A stack whose API asks for keys. */
  static RelataStack startStack(Path folder) throws IOException {
    return RelataStack.start(
        Patience.with(StackOptions.in(folder.resolve("stack")))
            .withReplicas(1, 1)
            .withEnvironment(Part.API, "RELATA_ACCESS_OPEN", "false")
            .withEnvironment(Part.API, "RELATA_OPERATOR_FILE", file(folder).toString()),
        System.out::println);
  }

  /** A new key of the tenant, made by the operator at this api-service. */
  static String newKey(String url, String tenant, String... scopes) {
    return Api.json(url)
        .header("Authorization", "Bearer " + KEY)
        .body(Map.of("name", "test", "scopes", List.of(scopes)))
        .post("/v1/keys?tenant=" + tenant)
        .then()
        .statusCode(201)
        .extract()
        .jsonPath()
        .getString("key");
  }

  private static String hash() {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(SECRET.getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
