package io.github.anople.server.enrol;

/**
 * Another detector inspects a product from now on.
 *
 * @param product the product's number
 * @param detector the detector's number
 */
public record DetectorActivated(long product, long detector) {}
