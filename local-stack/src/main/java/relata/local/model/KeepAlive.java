package relata.local.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ollama's {@code keep_alive}: a number of seconds or a duration such as {@code 5m} or {@code
 * 1h30m}. Zero unloads at once, anything negative keeps the model for ever.
 */
final class KeepAlive {

  /** For ever: what fits in a signed 64-bit count of nanoseconds, about 292 years, as Ollama. */
  static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private static final Pattern PART =
      Pattern.compile("\\G(\\d{1,18}(?:\\.\\d{0,18})?|\\.\\d{1,18})(ns|us|µs|ms|s|m|h)");

  private KeepAlive() {}

  static Optional<Duration> parse(JsonNode value) throws Refusal {
    if (RequestFields.absent(value)) {
      return Optional.empty();
    }
    if (value.isNumber()) {
      return Optional.of(seconds(value.doubleValue()));
    }
    if (value.isTextual()) {
      return Optional.of(duration(value.textValue()));
    }
    throw Refusal.badRequest("keep_alive must be a number of seconds or a duration such as \"5m\"");
  }

  private static Duration seconds(double seconds) {
    // The cast saturates, so a huge number means for ever as well.
    return seconds < 0 ? FOREVER : Duration.ofNanos((long) (seconds * 1e9));
  }

  private static Duration duration(String text) throws Refusal {
    boolean negative = text.startsWith("-");
    String parts = negative || text.startsWith("+") ? text.substring(1) : text;
    BigDecimal nanos = BigDecimal.ZERO;
    if (!parts.equals("0")) {
      Matcher part = PART.matcher(parts);
      int end = 0;
      while (part.find()) {
        long unit = NANOS.get(part.group(2));
        nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
        end = part.end();
      }
      if (end == 0 || end != parts.length()) {
        throw Refusal.badRequest(
            "keep_alive must be a duration with units, such as \"5m\", \"1h30m\" or \"-1m\"");
      }
    }
    boolean forever = negative && nanos.signum() > 0;
    BigDecimal most = BigDecimal.valueOf(Long.MAX_VALUE);
    return forever ? FOREVER : Duration.ofNanos(nanos.min(most).longValue());
  }
}
