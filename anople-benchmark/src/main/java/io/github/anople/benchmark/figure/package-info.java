/** What do the detectors see, and where do they err? The paper's figures of pictures. */
package io.github.anople.benchmark.figure;
