/**
 * How far does one get without a backbone? Colour, gradients and texture of patches: the floor that
 * any method must beat.
 */
package io.github.anople.benchmark.descriptor;
