/** How is a figure written, for screens and for LaTeX? */
package io.github.anople.benchmark.drawing;
