/** How are a benchmark's runs spread over a cluster? */
package io.github.anople.benchmark.spark;
