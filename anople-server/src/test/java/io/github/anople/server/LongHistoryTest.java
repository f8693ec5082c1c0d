package io.github.anople.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pages of a product with a long history, {@code -Danople.history=100000} inspections: each page
 * and how long it takes is printed.
 */
class LongHistoryTest {

  private static final int INSPECTIONS = Integer.getInteger("anople.history", 2000);
  private static final int TIMES = 9;

  private static final List<String> PAGES =
      List.of(
          "/",
          "/products/part/inspect",
          "/products/part/review",
          "/products/part/history",
          "/products/part/history?verdict=NOT+OK",
          "/products/part/history?review=bad&from=2026-01-01&until=2026-12-31",
          "/products/part/history?serialNumber=S1234",
          "/products/part/history?source=line-3",
          "/products/part/history?before=1000",
          "/products/part/history/1",
          "/products/part/trends",
          "/products/part/pictures",
          "/products/part/detector",
          "/products/part/decide",
          "/api/v1/products/part/inspections",
          "/api/v1/products/part/inspections?review=waiting");

  @TempDir Path folder;

  private TestServer start() {
    return TestServer.start(folder.resolve("data"), Optional.empty());
  }

  /** The first inspection again and again, over thirty days. */
  private void multiply() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("data/anople"));
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into inspection (product, detector, picture, map_sha256, source,"
                    + " serial_number, verdict, score, threshold, threshold_origin, details,"
                    + " millis, inspected_at, epoch_day, review, defect) select i.product, i.detector,"
                    + " i.picture, i.map_sha256, 'line-' || mod(x, 4), 'S' || x, case when mod(x,"
                    + " 20) = 0 then 'NOT OK' when mod(x, 20) < 3 then 'UNCERTAIN' else 'OK' end,"
                    + " 0.1 + mod(x, 97) * 0.001, 0.15, 'conformal', i.details, 20, dateadd(second,"
                    + " -mod(x * 26, 2592000), i.inspected_at), i.epoch_day - mod(x * 26, 2592000) / 86400, case when mod(x, 20) = 0 then 'bad' when"
                    + " mod(x, 20) < 3 then 'waiting' else 'none' end, case when mod(x, 20) = 0"
                    + " then 'defect ' || mod(x, 11) end from inspection i, system_range(1, ?) as"
                    + " numbers(x)")) {
      insert.setInt(1, INSPECTIONS);
      insert.executeUpdate();
    }
  }

  @Test
  void pagesAreThereWithALongHistory() throws Exception {
    try (TestServer server = start()) {
      server.enrol("part", TestServer.image("rgb_97x61.png"), TestServer.image("rgba_61x97.png"));
      server.picture(201, "/products/part/inspections", TestServer.image("rgb_97x61.png"));
    }
    multiply();
    try (TestServer server = start()) {
      for (String page : PAGES) {
        double[] millis = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
          long begun = System.nanoTime();
          HttpResponse<String> answer = server.send(server.at(page));
          millis[i] = (System.nanoTime() - begun) / 1e6;
          assertEquals(200, answer.statusCode(), page);
          assertTrue(answer.body().length() > 100, page);
        }
        double first = millis[0];
        Arrays.sort(millis);
        System.out.printf(
            "%,d inspections: first %6.1f, median %6.1f, longest %6.1f ms %s%n",
            INSPECTIONS, first, millis[TIMES / 2], millis[TIMES - 1], page);
      }
    }
  }
}
