/**
 * How good? Image and pixel metrics, exact: every distinct score is a threshold, nothing is binned.
 * A metric that is undefined (one class only, no region) is absent, never 0 and never NaN.
 */
package io.github.anople.inspect.metric;
