package relata.api.database;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collector;

/**
 * A statement that takes a connection each time that it is executed, and gives it back.
 *
 * @param connections hands one out
 * @param prepared the statement on a connection
 */
record OwnConnectionQuery<T>(
    Supplier<Future<SqlConnection>> connections, Function<SqlConnection, PreparedQuery<T>> prepared)
    implements PreparedQuery<T> {

  @Override
  public Future<T> execute() {
    return onConnection(PreparedQuery::execute);
  }

  @Override
  public Future<T> execute(Tuple values) {
    return onConnection(statement -> statement.execute(values));
  }

  @Override
  public Future<T> executeBatch(List<Tuple> batch) {
    return onConnection(statement -> statement.executeBatch(batch));
  }

  @Override
  public void execute(Handler<AsyncResult<T>> handler) {
    execute().onComplete(handler);
  }

  @Override
  public void execute(Tuple values, Handler<AsyncResult<T>> handler) {
    execute(values).onComplete(handler);
  }

  @Override
  public void executeBatch(List<Tuple> batch, Handler<AsyncResult<T>> handler) {
    executeBatch(batch).onComplete(handler);
  }

  @Override
  public <R> PreparedQuery<SqlResult<R>> collecting(Collector<Row, ?, R> collector) {
    return new OwnConnectionQuery<>(connections, one -> prepared.apply(one).collecting(collector));
  }

  @Override
  public <U> PreparedQuery<RowSet<U>> mapping(Function<Row, U> mapper) {
    return new OwnConnectionQuery<>(connections, one -> prepared.apply(one).mapping(mapper));
  }

  private Future<T> onConnection(Function<PreparedQuery<T>, Future<T>> execution) {
    return connections
        .get()
        .compose(
            connection ->
                execution.apply(prepared.apply(connection)).eventually(() -> connection.close()));
  }
}
