package relata.graph.index;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import relata.graph.vector.Effort;

/** How efforts, times and names are written in rows. */
final class Columns {
  private Columns() {}

  /** Null stands for all. */
  static Integer probes(Effort effort) {
    return effort.probes() == Effort.ALL ? null : effort.probes();
  }

  static Integer depth(Effort effort) {
    return effort.depth() == Effort.ALL ? null : effort.depth();
  }

  static Effort effort(Row row) {
    return effort(row, "probes", "depth");
  }

  static Effort effort(Row row, String probes, String depth) {
    return new Effort(all(row.getInteger(probes)), all(row.getInteger(depth)));
  }

  private static int all(Integer value) {
    return value == null ? Effort.ALL : value;
  }

  static Instant instant(Row row, String column) {
    OffsetDateTime time = row.getOffsetDateTime(column);
    return time == null ? null : time.toInstant();
  }

  static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static <E extends Enum<E>> E value(Class<E> type, String name) {
    return name == null ? null : Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
  }
}
