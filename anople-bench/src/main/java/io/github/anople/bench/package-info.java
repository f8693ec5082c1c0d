/**
 * How fast is it, beside the machine's own limits and beside what a user would pick instead?
 *
 * <p>A {@link io.github.anople.bench.Bench} answers one question; {@link
 * io.github.anople.bench.BenchMain} runs those that were asked for and writes what they found.
 */
package io.github.anople.bench;
