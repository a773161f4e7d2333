package relata.api.deadletter;

import io.vertx.mutiny.sqlclient.Tuple;
import relata.api.tenant.Tenant;

/**
 * Which dead letters are meant.
 *
 * @param collection key of their collection; null for all
 * @param code what went wrong; null for whatever did
 */
record DeadLetterFilter(Long collection, String code) {
  /**
   * The dead letters as the tables of a statement: states {@code s}, documents {@code d},
   * generations {@code g}, collections {@code c}. What was edited or replayed since is none, and
   * neither is what nobody would work on.
   */
  static final String TABLES =
      """
      feature.document_state s
        join content.generation g on g.id = s.generation_id and g.state in ('active', 'building')
        join content.collection c on c.id = g.collection_id
        join content.document d on d.id = s.document_id""";

  /** With the parameters of {@link #parameters}. */
  static final String CONDITION =
      """
      s.state = 'dead' and d.version <= s.version and d.request <= s.request
         and c.tenant = $1
         and ($2::bigint is null or c.id = $2)
         and ($3::text is null or s.error_code = $3)""";

  /** The first three parameters of a statement with the condition. */
  Tuple parameters() {
    return Tuple.tuple().addString(Tenant.current()).addLong(collection).addString(code);
  }
}
