package io.github.anople.server.web;

/**
 * Where pictures are inspected.
 *
 * @param head of the page
 * @param ready whether there is a detector
 * @param provisional whether it was made without training
 */
public record InspectPage(ProductHead head, boolean ready, boolean provisional) {}
