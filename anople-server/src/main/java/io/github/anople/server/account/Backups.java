package io.github.anople.server.account;

import io.github.anople.server.store.Backup;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import org.springframework.stereotype.Service;

/** Backups that somebody takes. */
@Service
public class Backups {

  private final Backup backup;
  private final AuditLog audit;
  private final Clock clock;

  Backups(Backup backup, AuditLog audit, Clock clock) {
    this.backup = backup;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Answers with a backup.
   *
   * @param response the answer
   * @throws IOException if nobody takes it
   */
  public void send(HttpServletResponse response) throws IOException {
    audit.note("backup", "server", "");
    try (Backup.Prepared prepared = backup.prepare()) {
      response.setContentType("application/zip");
      response.setHeader(
          "Content-Disposition",
          "attachment; filename=\"anople-" + LocalDate.now(clock) + ".zip\"");
      prepared.write(response.getOutputStream());
    }
  }
}
