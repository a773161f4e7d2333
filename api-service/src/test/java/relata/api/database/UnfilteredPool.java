package relata.api.database;

import io.quarkus.arc.ClientProxy;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Stands between the service and its connections, and takes the service's own filter by tenants out
 * of every statement that passes, whoever wrote it: a person, or Hibernate.
 */
public final class UnfilteredPool implements AutoCloseable {
  private static final Pattern FILTER = Pattern.compile("(\\w+\\.)?\\btenant ?= ?(\\$\\d+)");

  private final TenantPool pool;
  private final Pool filtered;
  private final AtomicLong takenOut = new AtomicLong();

  /**
   * @param bean the pool that the service is given
   */
  public UnfilteredPool(Pool bean) {
    pool = (TenantPool) ClientProxy.unwrap(bean);
    filtered = exchange(pool, null);
    exchange(pool, proxy(Pool.class, filtered));
  }

  /** Statements that a filter was taken out of. */
  public long takenOut() {
    return takenOut.get();
  }

  /** The filter is there again. */
  @Override
  public void close() {
    exchange(pool, filtered);
  }

  /** The service has no way to do so, and shall have none. */
  private static Pool exchange(TenantPool pool, Pool inner) {
    try {
      Field field = TenantPool.class.getDeclaredField("pool");
      field.setAccessible(true);
      Pool before = (Pool) field.get(pool);
      if (inner != null) {
        field.set(pool, inner);
      }
      return before;
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException(changed);
    }
  }

  private <T> T proxy(Class<T> type, T delegate) {
    InvocationHandler handler = (_, method, arguments) -> call(delegate, method, arguments);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private Object call(Object delegate, Method method, Object[] arguments) throws Throwable {
    if (arguments != null && arguments[0] instanceof String sql) {
      arguments[0] = rewritten(sql);
    }
    try {
      Object result = method.invoke(delegate, arguments);
      return result instanceof Future<?> future && method.getName().equals("getConnection")
          ? future.map(connection -> proxy(SqlConnection.class, (SqlConnection) connection))
          : result;
    } catch (InvocationTargetException failed) {
      throw failed.getCause();
    }
  }

  private String rewritten(String sql) {
    String rewritten = FILTER.matcher(sql).replaceAll("($2::text is not null)");
    if (!rewritten.equals(sql)) {
      takenOut.incrementAndGet();
    }
    return rewritten;
  }
}
