/**
 * How good is a detector on a test set? Scores the test images of a category and measures, overall
 * and for each kind of defect. Enter by {@link io.github.anople.inspect.evaluate.Evaluator}.
 */
package io.github.anople.inspect.evaluate;
