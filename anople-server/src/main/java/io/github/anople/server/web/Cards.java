package io.github.anople.server.web;

import io.github.anople.server.inspect.Inspections;
import io.github.anople.server.project.Pictures;
import io.github.anople.server.store.InspectionRow;
import io.github.anople.server.store.Product;
import org.springframework.stereotype.Component;

/** Inspections as they are shown. */
@Component
class Cards {

  private final Inspections inspections;
  private final Pictures pictures;

  Cards(Inspections inspections, Pictures pictures) {
    this.inspections = inspections;
    this.pictures = pictures;
  }

  InspectionCard of(Product product, InspectionRow row) {
    Inspections.Details details = inspections.details(row);
    return InspectionCard.of(
        InspectionItem.of(product, row, details), pictures.get(row.sha256()), details.defects());
  }
}
