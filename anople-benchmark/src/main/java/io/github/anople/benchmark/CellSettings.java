package io.github.anople.benchmark;

import io.github.anople.core.image.ImageReader;
import io.github.anople.core.open.OpenSettings;
import java.util.OptionalDouble;

/**
 * What a runner of cells is made of, for one in another process.
 *
 * @param engine which backbone, in which number format, and where to compute
 * @param target the share of false alarms that thresholds aim at; empty to measure none
 * @param reading how images are read
 * @param threads that share an operation: sums in other pieces may differ in their last digits
 */
public record CellSettings(
    OpenSettings engine, OptionalDouble target, ImageReader.Options reading, int threads) {}
