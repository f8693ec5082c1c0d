/**
 * Which images? Data set layouts, samples with their labels, and the choice of the few shots.
 *
 * <p>Every listing is in one order, whatever the platform or locale: the bytes of the path's UTF-8
 * form with {@code /} between its names, as {@code LC_ALL=C sort} has it. Hidden entries (a name
 * that begins with a dot) are no images.
 */
package io.github.anople.inspect.data;
