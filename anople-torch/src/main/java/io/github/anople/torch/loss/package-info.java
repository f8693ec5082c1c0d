/**
 * How wrong? The five terms of the objective (paper 3.4, eq. 7–11), one small class each, and their
 * sum.
 */
package io.github.anople.torch.loss;
