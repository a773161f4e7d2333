package relata.local.postgres;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Where a database is and who may change its schema. */
record DatabaseAddress(String host, int port, String name, String user, String password) {
  private static final int DEFAULT_PORT = 5432;

  /**
   * Reads {@code [jdbc:]postgresql://[user[:password]@]host[:port]/database[?user=&password=]}.
   *
   * @throws IllegalArgumentException saying what is missing, without the password
   */
  static DatabaseAddress parse(String url) {
    URI uri;
    try {
      uri = URI.create(url.strip().replaceFirst("^jdbc:", ""));
    } catch (IllegalArgumentException notAUrl) {
      throw wrong("it is no URL");
    }
    if (!"postgresql".equals(uri.getScheme()) && !"postgres".equals(uri.getScheme())) {
      throw wrong("it does not start with postgresql://");
    }
    if (uri.getHost() == null) {
      throw wrong("it names no host");
    }
    if (uri.getPath() == null || uri.getPath().length() < 2) {
      throw wrong("it names no database");
    }
    Map<String, String> credentials = credentials(uri);
    String user = credentials.get("user");
    if (user == null || user.isBlank()) {
      throw wrong("it names no user");
    }
    return new DatabaseAddress(
        uri.getHost(),
        uri.getPort() == -1 ? DEFAULT_PORT : uri.getPort(),
        uri.getPath().substring(1),
        user,
        credentials.getOrDefault("password", ""));
  }

  DatabaseAddress database(String other) {
    return new DatabaseAddress(host, port, other, user, password);
  }

  String reactiveUrl() {
    return "postgresql://%s:%d/%s".formatted(host, port, name);
  }

  String jdbcUrl() {
    return "jdbc:" + reactiveUrl();
  }

  /** Keeps the password out of logs and messages. */
  @Override
  public String toString() {
    return reactiveUrl();
  }

  private static Map<String, String> credentials(URI uri) {
    Map<String, String> found = new HashMap<>();
    if (uri.getRawUserInfo() != null) {
      String info = uri.getRawUserInfo();
      int colon = info.indexOf(':');
      found.put("user", decode(colon < 0 ? info : info.substring(0, colon)));
      if (colon >= 0) {
        found.put("password", decode(info.substring(colon + 1)));
      }
    }
    if (uri.getRawQuery() != null) {
      Pattern.compile("&")
          .splitAsStream(uri.getRawQuery())
          .filter(parameter -> parameter.startsWith("user=") || parameter.startsWith("password="))
          .forEach(
              parameter -> {
                int equals = parameter.indexOf('=');
                found.put(parameter.substring(0, equals), decode(parameter.substring(equals + 1)));
              });
    }
    return found;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException wrong(String why) {
    return new IllegalArgumentException(
        "RELATA_DATABASE_URL must look like postgresql://user:password@host:5432/database, but "
            + why
            + ".");
  }
}
