package relata.local.source;

import java.util.Optional;

/**
 * Which columns of a CSV file are what; every other column becomes metadata.
 *
 * @param id the external id
 * @param title empty: the id is the title
 * @param body empty: documents without a body
 */
public record CsvColumns(String id, Optional<String> title, Optional<String> body) {
  public CsvColumns {
    if (id.isBlank()) {
      throw new IllegalArgumentException("The id column needs a name.");
    }
  }
}
