package io.github.anople.server.store;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/**
 * Gives up connections to a database that was lost. H2 closes its database when the disk is full,
 * and calls the connections to it valid all the same; a new connection opens it again.
 */
@Component
final class LostConnections implements BeanPostProcessor {

  /** An internal fault, a database that is closed, and one whose file cannot be written. */
  private static final Set<Integer> H2 = Set.of(50000, 90028, 90031, 90098, 90121);

  /** The administrator ended it, it crashed, or it is starting. */
  private static final Set<String> POSTGRESQL = Set.of("57P01", "57P02", "57P03");

  private static final String CONNECTION = "08";

  @Override
  public Object postProcessBeforeInitialization(Object bean, String name) {
    if (bean instanceof HikariDataSource pool) {
      pool.setExceptionOverride(new GivesUpAll(pool));
    }
    return bean;
  }

  /** Whether no further statement would get through on the same connection. */
  static boolean isLost(SQLException fault) {
    String state = fault.getSQLState();
    return H2.contains(fault.getErrorCode())
        || (state != null && (state.startsWith(CONNECTION) || POSTGRESQL.contains(state)));
  }

  private record GivesUpAll(HikariDataSource pool) implements SQLExceptionOverride {

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException fault) {
      if (!isLost(fault)) {
        return SQLExceptionOverride.Override.CONTINUE_EVICT;
      }
      HikariPoolMXBean connections = pool.getHikariPoolMXBean();
      if (connections != null) {
        connections.softEvictConnections();
      }
      return SQLExceptionOverride.Override.MUST_EVICT;
    }
  }
}
