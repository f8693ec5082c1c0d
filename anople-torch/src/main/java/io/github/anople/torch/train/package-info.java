/** What to learn? The training loop, its checkpoints and its log. */
package io.github.anople.torch.train;
