package relata.api.access;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Some keys in the order of their ids.
 *
 * @param next what to pass as {@code after} for the following ones; null if these were the last
 */
@Schema(name = "KeyPage")
record KeyPage(List<KeyView> keys, String next) {
  KeyPage {
    keys = List.copyOf(keys);
  }
}
