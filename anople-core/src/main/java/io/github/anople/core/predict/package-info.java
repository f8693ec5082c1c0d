/**
 * Many pictures, one detector: which pictures are meant, reading them ahead, and keeping what the
 * detector says of each. Two ways: a list that ends ({@link
 * io.github.anople.core.predict.Predictor}), and a folder into which pictures keep coming ({@link
 * io.github.anople.core.predict.FolderWatch}).
 */
package io.github.anople.core.predict;
