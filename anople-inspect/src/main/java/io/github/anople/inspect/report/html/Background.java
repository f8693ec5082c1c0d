package io.github.anople.inspect.report.html;

import io.github.anople.inspect.report.DefectRow;
import io.github.anople.inspect.report.InspectionReport;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;

/** The tables: defects, configuration, provenance, timings, faults. */
final class Background {

  private static final int FAULTS = 200;

  private Background() {}

  static void defects(Element parent, List<DefectRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    Element section = Dom.section(parent, "defects", "Types of defects");
    Element body =
        Dom.table(
            section,
            "Each type against all good images",
            List.of("Type", "Images", "Missed", "Image AUROC", "Pixel AUROC", "AUPRO at 0.3"));
    for (DefectRow row : rows) {
      Dom.row(
          body,
          row.defectType(),
          List.of(
              Words.count(row.images()),
              Words.count(row.missed()),
              Words.percent(row.imageAuroc()),
              Words.percent(row.pixelAuroc()),
              Words.percent(row.aupro30())));
    }
  }

  static void faults(Element parent, List<String> faults) {
    if (faults.isEmpty()) {
      return;
    }
    Element section = Dom.section(parent, "faults", "Notes and faults").addClass("faults");
    Element list = section.appendElement("ul");
    for (String fault : faults.subList(0, Math.min(faults.size(), FAULTS))) {
      Dom.name(list.appendElement("li"), fault);
    }
    if (faults.size() > FAULTS) {
      Dom.paragraph(section, "note", "And " + Words.count(faults.size() - FAULTS) + " more.");
    }
  }

  static void append(Element parent, InspectionReport.Background background) {
    Element section = Dom.section(parent, "background", "How it came about");
    pairs(section, "Configuration", background.configuration());
    pairs(section, "Provenance", background.provenance());
    pairs(section, "Timings", background.timings());
  }

  private static void pairs(Element parent, String title, Map<String, String> pairs) {
    if (pairs.isEmpty()) {
      return;
    }
    Element list = Dom.details(parent, title).appendElement("dl").addClass("pairs");
    pairs.forEach(
        (name, value) -> {
          Dom.name(list.appendElement("dt"), name);
          Dom.name(list.appendElement("dd"), value);
        });
  }
}
