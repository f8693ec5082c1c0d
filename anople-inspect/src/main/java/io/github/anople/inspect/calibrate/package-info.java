/**
 * Which pictures are thresholds from? The shots of a detector found again, and further good ones.
 */
package io.github.anople.inspect.calibrate;
