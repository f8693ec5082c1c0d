/**
 * What would a user take instead? Other detectors on the same backbone, fitted on the same shots,
 * and judged by the same measures.
 */
package io.github.anople.benchmark.baseline;
