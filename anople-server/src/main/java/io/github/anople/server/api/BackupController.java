package io.github.anople.server.api;

import io.github.anople.server.account.Backups;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Backups for programs. */
@RestController
@Tag(name = "System")
public class BackupController {

  private final Backups backups;

  BackupController(Backups backups) {
    this.backups = backups;
  }

  @Operation(
      operationId = "backup",
      summary = "All there is, as one ZIP",
      description = "It has hashes of passwords and tokens in it: keep it to yourself.")
  @ApiResponse(
      responseCode = "200",
      description = "All rows as they were at one moment, and the files that they name",
      content =
          @Content(
              mediaType = "application/zip",
              schema = @Schema(type = "string", format = "binary")))
  @GetMapping(path = "/api/v1/backup", produces = "application/zip")
  void backup(HttpServletResponse response) throws IOException {
    backups.send(response);
  }
}
