/**
 * How fast is it, beside the machine's own limits and beside what a user would pick instead?
 *
 * <p>A {@link io.github.anople.lab.speed.Bench} answers one question; {@link
 * io.github.anople.lab.speed.BenchMain} runs those that were asked for and writes what they found.
 */
package io.github.anople.lab.speed;
