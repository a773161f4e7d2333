package relata.graph.index;

import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import relata.graph.database.Session;
import relata.graph.tune.Recall;
import relata.graph.vector.Effort;

/**
 * The efforts of searches as they are stored: the current one, and the one that can be returned to.
 */
final class SettingTable {
  private static final String COLUMNS =
      """
      select generation_id, number, probes, depth, max_documents, recall, recall_lower, queries,
             measured_at, reason, changed_at
        from graph.index_setting
      """;

  private static final String CURRENT =
      COLUMNS + " where generation_id = any($1) and place = 'current'";
  private static final String AT = COLUMNS + " where generation_id = $1 and place = $2";

  private static final String FORGET =
      "delete from graph.index_setting where generation_id = $1 and place = $2";

  private static final String RETIRE =
      "update graph.index_setting set place = 'previous' where generation_id = $1 and place = 'current'";

  private static final String PUT =
      """
      insert into graph.index_setting (generation_id, place, probes, depth, max_documents, recall,
                                       recall_lower, queries, measured_at, reason)
      values ($1, $2, $3, $4, $5, $6, $7, $8, now(), $9)
      """;

  private static final String MEASURED =
      """
      update graph.index_setting
         set recall = $3, recall_lower = $4, queries = $5, measured_at = now()
       where generation_id = $1 and place = 'current' and number = $2
      """;

  /** With another number, so that a run that measured against the other knows. */
  private static final String RETURN =
      """
      insert into graph.index_setting (generation_id, place, probes, depth, max_documents, recall,
                                       recall_lower, queries, measured_at, reason)
      select generation_id, 'current', probes, depth, max_documents, recall, recall_lower, queries,
             null, 'undone'
        from graph.index_setting where generation_id = $1 and place = 'previous'
      """;

  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtextextended('relata.index-setting.' || $1::bigint, 0))";

  private final Session session;
  private final long generationId;

  SettingTable(Session session, long generationId) {
    this.session = session;
    this.generationId = generationId;
  }

  /** For changes, which wait here for each other until their transaction ends. */
  static SettingTable locked(Session session, long generationId) {
    session.query(LOCK, generationId);
    return new SettingTable(session, generationId);
  }

  /** The current settings of those of the generations that have one. */
  static Map<Long, Setting> current(Session session, Collection<Long> generationIds) {
    Map<Long, Setting> settings = new HashMap<>();
    session
        .query(CURRENT, (Object) generationIds.toArray(Long[]::new))
        .forEach(row -> settings.put(row.getLong("generation_id"), setting(row)));
    return settings;
  }

  Setting current() {
    return at("current").orElse(Setting.FIRST);
  }

  /** What it can be undone to. */
  Optional<Setting> previous() {
    return at("previous");
  }

  private Optional<Setting> at(String place) {
    for (Row row : session.query(AT, generationId, place)) {
      return Optional.of(setting(row));
    }
    return Optional.empty();
  }

  private static Setting setting(Row row) {
    Effort effort = Columns.effort(row);
    return new Setting(
        row.getLong("number"),
        effort,
        row.getInteger("max_documents"),
        new Recall(
            row.getDouble("recall"), row.getDouble("recall_lower"), row.getInteger("queries")),
        Columns.instant(row, "measured_at"),
        Columns.value(Setting.Reason.class, row.getString("reason")),
        Columns.instant(row, "changed_at"));
  }

  /** The effort is the current one from now on, and what was current can be returned to. */
  void promote(Effort effort, int maxDocuments, Recall recall) {
    session.query(FORGET, generationId, "previous");
    if (session.query(RETIRE, generationId).rowCount() == 0) {
      put("previous", Setting.FIRST.effort(), Integer.MAX_VALUE, Recall.CERTAIN, "undone");
    }
    put("current", effort, maxDocuments, recall, "promoted");
  }

  /** Searches are certain from now on, and there is nothing to return to. */
  void fallBack() {
    session.query(FORGET, generationId, "previous");
    session.query(FORGET, generationId, "current");
    put("current", Effort.CERTAIN, Integer.MAX_VALUE, Recall.CERTAIN, "fell_back");
  }

  /**
   * Undoes the last promotion; it can be done once.
   *
   * @return whether there was one
   */
  boolean undo() {
    if (previous().isEmpty()) {
      return false;
    }
    session.query(FORGET, generationId, "current");
    session.query(RETURN, generationId);
    session.query(FORGET, generationId, "previous");
    return true;
  }

  /** Notes what was measured of the setting of this number, if it is still the current one. */
  void measured(long number, Recall recall) {
    session.query(MEASURED, generationId, number, recall.mean(), recall.lower(), recall.queries());
  }

  private void put(String place, Effort effort, int maxDocuments, Recall recall, String reason) {
    session.query(
        PUT,
        generationId,
        place,
        Columns.probes(effort),
        Columns.depth(effort),
        maxDocuments,
        recall.mean(),
        recall.lower(),
        recall.queries(),
        reason);
  }
}
