package relata.api.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * An issuer of tokens over real HTTP: it is found by its OpenID configuration, publishes its key,
 * and signs (RS256) whatever claims it is sent. The service and the tests are of different class
 * loaders, so both know it by its address alone.
 */
final class Issuer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KEY_BITS = 2048;

  private final KeyPair published = keys();
  private final KeyPair unpublished = keys();
  private final String url;

  private Issuer(HttpServer server, String host) throws IOException {
    url = host + ":" + server.getAddress().getPort();
    server.createContext("/.well-known/openid-configuration", this::configuration);
    server.createContext("/jwks", this::jwks);
    signs(server);
    server.start();
  }

  private void signs(HttpServer server) {
    server.createContext("/sign", exchange -> sign(exchange, published));
    server.createContext("/sign-with-another-key", exchange -> sign(exchange, unpublished));
  }

  /** Starts one that ends with the JVM, and gives its address. */
  static String start() throws IOException {
    return new Issuer(HttpServer.create(loopback(), 0), "http://127.0.0.1").url;
  }

  /** Where a secured issuer is asked for its keys, and where the tests have tokens signed. */
  record Addresses(String issuer, String signer) {}

  /** The same by TLS alone, with what this context shows, but for what it signs. */
  static Addresses startSecured(SSLContext shown) throws IOException {
    HttpsServer server = HttpsServer.create(loopback(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(shown));
    Issuer issuer = new Issuer(server, "https://localhost");
    HttpServer signer = HttpServer.create(loopback(), 0);
    issuer.signs(signer);
    signer.start();
    return new Addresses(issuer.url, "http://127.0.0.1:" + signer.getAddress().getPort() + "/sign");
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** A token of an issuer with these claims beside a time that is right, unless they name one. */
  static String token(String address, Map<String, Object> claims) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(address))
                  .timeout(Duration.ofSeconds(10))
                  .POST(BodyPublishers.ofString(JSON.writeValueAsString(claims)))
                  .build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  private void configuration(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        JSON.writeValueAsString(
            Map.of(
                "issuer", url,
                "jwks_uri", url + "/jwks",
                "token_endpoint", url + "/token",
                "authorization_endpoint", url + "/authorize",
                "id_token_signing_alg_values_supported", new String[] {"RS256"})));
  }

  private void jwks(HttpExchange exchange) throws IOException {
    RSAPublicKey key = (RSAPublicKey) published.getPublic();
    Map<String, String> jwk =
        Map.of(
            "kty", "RSA",
            "use", "sig",
            "alg", "RS256",
            "kid", "k1",
            "n", encoded(key.getModulus()),
            "e", encoded(key.getPublicExponent()));
    answer(exchange, JSON.writeValueAsString(Map.of("keys", new Object[] {jwk})));
  }

  private static void sign(HttpExchange exchange, KeyPair keys) throws IOException {
    Map<String, Object> claims = new HashMap<>();
    claims.put("iat", Instant.now().getEpochSecond());
    claims.put("exp", Instant.now().plusSeconds(300).getEpochSecond());
    claims.putAll(JSON.readerForMapOf(Object.class).readValue(exchange.getRequestBody()));
    answer(exchange, Jwt.claims(claims).jws().keyId("k1").sign(keys.getPrivate()));
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String encoded(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int sign = bytes[0] == 0 ? 1 : 0;
    byte[] unsigned = new byte[bytes.length - sign];
    System.arraycopy(bytes, sign, unsigned, 0, unsigned.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(unsigned);
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(KEY_BITS);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
