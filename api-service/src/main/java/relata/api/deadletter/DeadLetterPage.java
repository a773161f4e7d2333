package relata.api.deadletter;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Some dead letters in the order of their ids.
 *
 * @param total all that the filters let through
 * @param byCode the same by code, the most frequent first
 * @param next what to pass as {@code after} for the following ones; null if these were the last
 */
@Schema(name = "DeadLetters")
record DeadLetterPage(List<DeadLetter> items, long total, Map<String, Long> byCode, String next) {
  DeadLetterPage {
    items = List.copyOf(items);
  }
}
