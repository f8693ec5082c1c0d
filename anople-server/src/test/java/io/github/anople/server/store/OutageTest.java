package io.github.anople.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.core.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

class OutageTest {

  @Test
  void aFullDiskIsToldWhateverFindsIt() {
    assertEquals(507, status(new InputException("map", "cannot be written", "try again", full())));
    assertEquals(507, status(new UncheckedIOException(full())));
    assertEquals(507, status(commit(new SQLException("General error", "HY000", 50000, full()))));
    assertEquals(507, status(commit(new SQLException("no space", "53100"))));
  }

  @Test
  void aDatabaseThatIsAwayIsToldAsThat() {
    assertEquals(503, status(commit(new SQLException("I/O error", "08006"))));
    assertEquals(
        503,
        status(
            new UncategorizedSQLException(
                "find", "select 1", new SQLException("closed", "90098", 90098))));
    assertEquals(503, status(new CannotCreateTransactionException("no connection")));
  }

  @Test
  void otherFaultsAreNone() {
    assertEquals(0, status(new InputException("picture", "is none", "send one")));
    assertEquals(0, status(new UncheckedIOException(new IOException((String) null))));
    assertEquals(
        0, status(new DataIntegrityViolationException("long", new SQLException("long", "22001"))));
  }

  private static IOException full() {
    return new FileSystemException("a", null, "No space left on device");
  }

  private static TransactionSystemException commit(SQLException fault) {
    return new TransactionSystemException("JDBC commit failed", fault);
  }

  private static int status(Throwable fault) {
    Optional<Outage> outage = Outage.of(fault);
    return outage.map(Outage::status).orElse(0);
  }
}
