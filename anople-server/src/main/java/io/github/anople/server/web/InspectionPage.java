package io.github.anople.server.web;

/**
 * All about one picture that was inspected.
 *
 * @param head of the page
 * @param card the inspection
 * @param review what people found
 */
public record InspectionPage(ProductHead head, InspectionCard card, ReviewForm review) {}
