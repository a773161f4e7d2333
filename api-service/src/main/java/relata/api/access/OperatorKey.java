package relata.api.access;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The key by which a deployment begins: it makes the first keys of tenants. Its hash is in a file,
 * such as a mounted secret, which may change while the service runs.
 */
@Singleton
final class OperatorKey {
  private static final Logger LOG = Logger.getLogger(OperatorKey.class);
  private static final int SHA256_DIGITS = 64;

  private final AccessConfig config;
  private volatile Read last = new Read(List.of(), Instant.MIN);

  OperatorKey(AccessConfig config) {
    this.config = config;
  }

  private record Read(List<byte[]> hashes, Instant at) {}

  boolean is(KeyText key) {
    return key.id().equals(KeyText.OPERATOR) && hashes().stream().anyMatch(key::has);
  }

  private List<byte[]> hashes() {
    Instant now = Instant.now();
    if (last.at().isBefore(now.minus(config.cacheFor()))) {
      last = new Read(config.operatorFile().map(OperatorKey::read).orElse(List.of()), now);
    }
    return last.hashes();
  }

  private static List<byte[]> read(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .flatMap(line -> hash(line).stream())
          .toList();
    } catch (IOException unreadable) {
      LOG.warnf("operator's key not read file=%s cause=%s", file, unreadable);
      return List.of();
    }
  }

  private static Optional<byte[]> hash(String line) {
    if (line.length() == SHA256_DIGITS && line.chars().allMatch(HexFormat::isHexDigit)) {
      return Optional.of(HexFormat.of().parseHex(line));
    }
    LOG.warn("a line of the operator's file is no SHA-256 in hexadecimal and is left out");
    return Optional.empty();
  }
}
