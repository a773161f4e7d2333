package relata.worker.profile;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import relata.worker.database.Database;

/** The row that tells all workers which profile is activated. */
@Singleton
class ProfileRow {
  private static final String COLUMNS = " profile, state, reason, changed_at";

  private static final String READ = "select" + COLUMNS + " from feature.model_profile";

  private static final String BEGIN =
      """
      insert into feature.model_profile (profile, state, changed_at)
      values ($1, 'activating', clock_timestamp())
      on conflict (only_row) do update
         set profile = excluded.profile, state = excluded.state, reason = null,
             changed_at = excluded.changed_at
      returning"""
          + COLUMNS;

  private static final String CHANGE =
      """
      update feature.model_profile
         set state = $3, reason = $4, changed_at = clock_timestamp()
       where profile = $1 and state = 'activating' and changed_at = $2
      returning"""
          + COLUMNS;

  private static final String TAKE_OVER =
      """
      update feature.model_profile set changed_at = clock_timestamp()
       where state = 'activating' and changed_at < now() - $1 * interval '1 millisecond'
      returning"""
          + COLUMNS;

  private static final String REMOVE =
      "delete from feature.model_profile where profile = $1 returning" + COLUMNS;

  private final Database database;

  ProfileRow(Database database) {
    this.database = database;
  }

  Optional<ProfileState> read() {
    return first(database.run(READ, Tuple.tuple()));
  }

  /** Whatever another worker is activating just now, it loses its claim to. */
  ProfileState begin(String profile) {
    return first(database.run(BEGIN, Tuple.of(profile))).orElseThrow();
  }

  /** Ends an activation, or says that it is still worked on; empty when it was taken from us. */
  Optional<ProfileState> change(ProfileState mine, ProfilePhase phase, String reason) {
    return first(
        database.run(
            CHANGE,
            Tuple.of(
                mine.profile(),
                mine.changedAt(),
                phase.stored(),
                reason.isEmpty() ? null : reason)));
  }

  /** An activation that nobody has worked on for that long, which is ours now. */
  Optional<ProfileState> takeOver(Duration silence) {
    return first(database.run(TAKE_OVER, Tuple.of(silence.toMillis())));
  }

  /** Whether it was the one. */
  boolean remove(String profile) {
    return first(database.run(REMOVE, Tuple.of(profile))).isPresent();
  }

  private static Optional<ProfileState> first(RowSet<Row> rows) {
    for (Row row : rows) {
      return Optional.of(
          new ProfileState(
              row.getString(0),
              ProfilePhase.of(row.getString(1)),
              Optional.ofNullable(row.getString(2)).orElse(""),
              row.getOffsetDateTime(3)));
    }
    return Optional.empty();
  }
}
