/**
 * Which weights? OpenCLIP checkpoints on disk: configuration, weights in their several forms,
 * vocabulary.
 */
package io.github.anople.torch.pretrained;
