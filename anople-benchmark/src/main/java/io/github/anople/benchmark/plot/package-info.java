/** How do results depend on one setting? */
package io.github.anople.benchmark.plot;
