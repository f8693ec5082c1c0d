/**
 * Many pictures, one detector: which pictures are meant, reading them ahead, and keeping what the
 * detector says of each. Two ways: a list that ends ({@link
 * io.github.anople.inspect.predict.Predictor}), and a folder into which pictures keep coming
 * ({@link io.github.anople.inspect.predict.FolderWatch}).
 */
package io.github.anople.inspect.predict;
