package io.github.anople.server.web;

import io.github.anople.server.account.Backups;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** Backups for people. */
@Controller
class BackupPageController {

  private final Backups backups;

  BackupPageController(Backups backups) {
    this.backups = backups;
  }

  @PostMapping("/system/backup")
  void backup(HttpServletResponse response) throws IOException {
    backups.send(response);
  }
}
