/** What to learn? The configuration, the training loop, its checkpoints and its log. */
package io.github.anople.torch.train;
