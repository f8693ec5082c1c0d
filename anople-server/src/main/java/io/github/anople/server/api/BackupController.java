package io.github.anople.server.api;

import io.github.anople.server.account.Backups;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Backups for programs. */
@RestController
public class BackupController {

  private final Backups backups;

  BackupController(Backups backups) {
    this.backups = backups;
  }

  @GetMapping(path = "/api/v1/backup", produces = "application/zip")
  void backup(HttpServletResponse response) throws IOException {
    backups.send(response);
  }
}
