/** How good, over data sets, shots, seeds and variants? Grids, their cells, and their tables. */
package io.github.anople.benchmark;
