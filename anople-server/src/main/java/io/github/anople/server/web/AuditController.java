package io.github.anople.server.web;

import io.github.anople.inspect.page.Words;
import io.github.anople.server.account.AuditLog;
import io.github.anople.server.store.AuditRow;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The audit log. */
@Controller
@RequestMapping("/system")
class AuditController {

  private static final int ROWS = 50;
  private static final String LINE_END = "\r\n";

  /** A spreadsheet would run what begins so. */
  private static final String FORMULA = "(?s)[=+\\-@\\t\\r].*";

  private final AuditLog audit;

  AuditController(AuditLog audit) {
    this.audit = audit;
  }

  @GetMapping("/audit")
  ResponseEntity<byte[]> rows(@RequestParam Optional<Long> before) {
    return page(before, "", true);
  }

  private ResponseEntity<byte[]> page(Optional<Long> before, String checked, boolean whole) {
    List<AuditRow> rows = audit.before(before, ROWS);
    String next =
        rows.size() < ROWS ? "" : "/system/audit?before=" + rows.get(rows.size() - 1).id();
    return Pages.of(
        "audit",
        new AuditPage(rows.stream().map(AuditController::row).toList(), next, checked, whole));
  }

  private static AuditPage.Row row(AuditRow row) {
    return new AuditPage.Row(
        row.id(),
        Words.time(row.notedAt()),
        row.who(),
        row.action(),
        row.subject(),
        row.details(),
        row.origin());
  }

  @GetMapping("/audit/check")
  ResponseEntity<byte[]> check() {
    AuditLog.Checked checked = audit.check();
    String words =
        checked
            .broken()
            .map(
                row ->
                    "Row " + row + " does not follow from those before it: something was changed.")
            .orElse(
                "All "
                    + checked.rows()
                    + " rows follow from each other; hash of the last: "
                    + checked.lastHash());
    return page(Optional.empty(), words, checked.broken().isEmpty());
  }

  @GetMapping("/audit.csv")
  void csv(HttpServletResponse response) throws IOException {
    response.setContentType("text/csv;charset=UTF-8");
    response.setHeader("Content-Disposition", "attachment; filename=\"audit.csv\"");
    PrintWriter writer = new PrintWriter(response.getOutputStream(), false, StandardCharsets.UTF_8);
    writer.print("id,time,who,action,subject,details,origin,hash" + LINE_END);
    long last = 0;
    for (List<AuditRow> some = audit.after(0); !some.isEmpty(); some = audit.after(last)) {
      some.forEach(row -> writer.print(line(row)));
      last = some.get(some.size() - 1).id();
    }
    writer.flush();
  }

  private static String line(AuditRow row) {
    return List.of(
            row.notedAt().toString(),
            row.who(),
            row.action(),
            row.subject(),
            row.details(),
            row.origin(),
            row.hash())
        .stream()
        .map(field -> "\"" + guarded(field).replace("\"", "\"\"") + "\"")
        .collect(Collectors.joining(",", row.id() + ",", LINE_END));
  }

  private static String guarded(String field) {
    return field.matches(FORMULA) ? "'" + field : field;
  }
}
